import { renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app.ts';
import { openPlayground } from '../../src/services/bots/playground.ts';
import { newMessage } from '../../src/services/messages/send-message.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { fullScreen } from '../support/full-screen.ts';
import { helloBot } from '../support/handlers.ts';
import { spawnMessenger, startMessenger } from '../support/messenger.ts';
import { programAt } from '../support/programs.ts';
import { removeFolder } from '../support/remove-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** A real terminal is made by tmux; without it these tests are passed over. */
const noTmux = programAt('tmux') === undefined;

const bots = { 'bots/HelloBot.ts': helloBot };

test.skipIf(noTmux)(
  'a new user makes a group and a bot, attaches Reply through its form, and sees it answer',
  async () => {
    const { folder } = makeWorkspace(bots);
    const screen = fullScreen(folder, 'Ada');
    await screen.until('Ada (admin) → #Playground ›');
    await screen.say('/thread new ops');
    await screen.until('Ada (admin) → #ops ›');
    await screen.say('/bot add Helper');
    await screen.until('Helper is here.');
    await screen.say('/attach');
    await screen.until('Attach to Helper');
    await screen.type('reply');
    await screen.until('▸ reply');
    await screen.press('Enter');
    await screen.until('Attach Reply to Helper');
    await screen.press('C-s');
    await screen.until('The triggers field is required.');
    await screen.type('help');
    await screen.press('Tab');
    await screen.until('▸ replies *');
    await screen.type('Why are you asking me?');
    await screen.until('Why are you asking me?');
    await screen.press('C-s');
    await screen.until('reply is attached to Helper.');
    await screen.say('I need help');
    const answered = await screen.until('Why are you asking me?');
    expect(answered).toContain('◆ Helper bot');
  },
);

test.skipIf(noTmux)('a broken handler says where and why, and the inspector shows the verdicts', async () => {
  const { folder } = makeWorkspace(bots);
  const screen = fullScreen(folder, 'Ada', [160, 45]);
  await screen.until('hello | hi | hey');
  const broken = helloBot.replace(
    'async handle() {',
    "async handle() {\n    throw new Error('out of coffee');",
  );
  writeFileSync(path.join(folder, 'bots', 'HelloBot.ts'), broken);
  await screen.say('/reload');
  // Seen by the watch or asked for by the command, whichever was first: both put the new version into use. The notice
  // disappears again, and the status line keeps the count.
  await screen.until((shown) => / reloads?\b/.test(shown));
  await screen.say('hi there');
  const shown = await screen.until('✗ hello:');
  expect(shown).toMatch(/✗ hello: .*out of coffee/);
  expect(await screen.until('bots/HelloBot.ts:')).toContain('out of coffee');
  await screen.press('M-Up');
  const verdicts = await screen.until('failed after');
  expect(verdicts).toContain('by "hi"');
});

test.skipIf(noTmux)(
  'resizing shows as many panes as fit, a paste of many lines is one message, Ctrl+C leaves the terminal as it was',
  async () => {
    const { folder } = makeWorkspace(bots);
    const screen = fullScreen(folder, 'Ada', [160, 45]);
    const three = await screen.until('hello | hi | hey');
    expect(three).toContain('groups');
    await screen.resize(80, 24);
    await screen.until((shown) => shown.includes('groups') && !shown.includes('hello | hi'));
    await screen.resize(60, 20);
    await screen.until((shown) => shown.includes('#Playground') && !shown.includes('groups'));
    await screen.resize(39, 12);
    await screen.until('This window is too small');
    await screen.resize(100, 30);
    await screen.until('● daemon');
    await screen.paste('first line\nsecond line');
    await screen.until('second line');
    await screen.press('Enter');
    const sent = await screen.until((shown) => /Ada you.*\n.*first line.*\n.*second line/.test(shown));
    expect(sent.match(/first line/g)).toHaveLength(1);
    expect(await screen.isOnOtherScreen()).toBe(true);
    await screen.press('C-c');
    await screen.until('left with 130');
    expect(await screen.isOnOtherScreen()).toBe(false);
  },
);

test.skipIf(noTmux)(
  'a daemon that is killed under it is missed, and found again when it is back',
  async () => {
    const { folder } = makeWorkspace(bots);
    const serve = () =>
      startMessenger(folder, ['serve', '--port', '0', '--json'], { MESSENGER_BOTS_ENABLED: 'true' });
    const first = serve();
    await new Promise((resolve) => first.stdout?.once('data', resolve));
    const screen = fullScreen(folder, 'Ada', [100, 30]);
    await screen.until('Attached to the running daemon.');
    first.kill('SIGKILL');
    await screen.until('The daemon is gone');
    // On a busy machine the window may have run one of its own by then, and this one ends at once.
    const second = serve();
    const ended = new Promise((resolve) => second.once('exit', resolve));
    await screen.until('Connected to the daemon again.');
    await screen.say('hi there');
    await screen.until('Why hello there Ada!');
    second.kill('SIGTERM');
    await ended;
  },
);

test.skipIf(noTmux)('several terminals meet, each as its own person', async () => {
  const { folder } = makeWorkspace(bots);
  const ada = fullScreen(folder, 'Ada', [100, 30]);
  await ada.until('Ada (admin) → #Playground ›');
  const grace = fullScreen(folder, 'Grace', [100, 30]);
  await grace.until('Attached to the running daemon.');
  await grace.say('good evening');
  const seen = await ada.until('good evening');
  expect(seen).toMatch(/\d\d:\d\d Grace\s/);
});

test.skipIf(noTmux)('a long thread opens at its end and is read upwards page by page', async () => {
  const workspace = makeWorkspace(bots);
  const app = await openApp({ workspace, botsEnabled: true });
  const { thread, owner } = await openPlayground(app, 'Ada');
  await app.store.transaction(async (store) => {
    for (let number = 1; number <= 2_000; number++) {
      const ada = { type: 'user', id: owner.id, name: owner.name } as const;
      await store.messages.insert(
        newMessage(app, { thread, owner: ada, outgoing: { body: `message ${number}` } }),
      );
    }
  });
  await app.close();
  const screen = fullScreen(workspace.folder, 'Ada', [100, 30]);
  await screen.until('message 2000');
  await screen.press('PageUp');
  // A notice about the opening may come after the key.
  await screen.until((shown) => /↓ (?:more|\d+ new)/.test(shown));
  while (!/message 1[0-6]\d\d\b/.test(await screen.shown())) await screen.press('PageUp');
  await screen.press('C-g');
  await screen.until('message 2000');
});

test.skipIf(noTmux)('a daemon of its own that is asked to end takes its window with it', async () => {
  const { folder } = makeWorkspace(bots);
  const screen = fullScreen(folder, 'Ada');
  await screen.until('Attached to PlaygroundBot');
  expect(await spawnMessenger(folder, ['daemon', 'stop'])).toMatchObject({ code: 0 });
  await screen.until('left with 0');
  expect(await screen.isOnOtherScreen()).toBe(false);
});

test.skipIf(noTmux)('a workspace that is moved ends its window with the reason', async () => {
  const { folder } = makeWorkspace(bots);
  const screen = fullScreen(folder, 'Ada');
  await screen.until('Attached to PlaygroundBot');
  renameSync(folder, `${folder}.old`);
  onTestFinished(() => removeFolder(`${folder}.old`));
  expect(await screen.until('left with 1')).toContain('was removed while it was in use');
});

test.skipIf(noTmux)('what cannot be started is told on the screen that stays', async () => {
  const { folder } = makeWorkspace({ ...bots, 'messenger.config.mjs': 'export default { bots: 7 };' });
  const screen = fullScreen(folder, 'Ada');
  const shown = await screen.until('left with 1');
  expect(shown).toContain('Error: The configuration in');
  expect(await screen.isOnOtherScreen()).toBe(false);
});

test.skipIf(noTmux)(
  'every window shows the time on the clock that one of them freezes and moves',
  async () => {
    const { folder } = makeWorkspace({
      'bots/Sleeper.ts': exactBot('Sleeper', 'sleep', `await this.sleep(20_000); ${posting("'awake'")}`),
    });
    const first = fullScreen(folder, 'Ada', [120, 30]);
    await first.until('Ada (admin) → #Playground ›');
    const second = fullScreen(folder, 'Grace', [120, 30]);
    await second.until('Grace (admin) → #Playground ›');
    await second.say('/clock freeze');
    for (const screen of [first, second]) await screen.until('(frozen) · ');
    await first.say('sleep');
    await first.say('/clock +15m');
    for (const screen of [first, second]) {
      await screen.until('(+15m, frozen) · ');
      await screen.until('awake');
    }
    await second.say('/clock resume');
    for (const screen of [first, second]) await screen.until('(+15m) · ');
  },
);
