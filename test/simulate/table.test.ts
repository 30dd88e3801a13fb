import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { commands } from '../../src/simulate/table.ts';
import { pressAll } from '../../src/tui/keys/press.ts';
import { messagesOf } from '../../src/tui/state/conversation.ts';
import type { State } from '../../src/tui/state/state.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { TestLines } from '../support/lines.ts';
import { type AtEnd, endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';
import { TestScreen } from '../support/test-screen.ts';

/** A form of `simulate`: lines are typed, and what was shown for the last one is seen. */
interface Form {
  type(line: string): Promise<void>;
  seen(): string;
}

async function openLines(atEnd: AtEnd): Promise<Form> {
  const folder = temporaryFolder(atEnd);
  writeFiles(folder, { 'bots/HelloBot.ts': helloBot, 'bots/ReplyBot.ts': replyBot });
  const lines = await TestLines.open(folder, 'Ada', atEnd);
  return {
    type: (line) => lines.type(line),
    seen: () => [...lines.printed, lines.session.ended ? 'left' : ''].join('\n'),
  };
}

/** The reactions to all loaded messages, by emoji. */
const reactionsOf = ({ conversation }: State): string[] =>
  messagesOf(conversation).flatMap(({ reactions }) => Object.keys(reactions?.data ?? {}));

const speakerOf = ({ people, me }: State): string | undefined => people.find(({ id }) => id === me)?.name;

const searchOf = ({ finder }: State): string =>
  finder === null ? '' : `${finder.text} ${finder.index + Math.min(1, finder.total)} of ${finder.total}`;

async function openScreen(atEnd: AtEnd): Promise<Form> {
  const screen = await TestScreen.open({ 'HelloBot.ts': helloBot, 'ReplyBot.ts': replyBot }, atEnd, true);
  return {
    type: async (line) => {
      screen.controller.store.set({ overlay: null, finder: null });
      await screen.type(line);
      // A form asks once more before anything is attached.
      if (screen.state.overlay?.kind === 'form')
        await pressAll(screen.controller, [{ kind: 'key', name: 'ctrl+s' }]);
    },
    seen: () =>
      [
        screen.toast,
        ...screen.said.slice(-4).map((text) => `said: ${text}`),
        `reactions: ${reactionsOf(screen.state).join(' ')}`,
        `search: ${searchOf(screen.state)}`,
        `at the end: ${screen.state.conversation.anchor === null}`,
        `speaker: ${speakerOf(screen.state)}`,
        JSON.stringify(screen.state.overlay),
        `logs ${screen.state.side === 'log'}`,
        `people ${screen.state.side === 'people'}`,
        screen.exits.length > 0 ? 'left' : '',
      ].join('\n'),
  };
}

// Nothing may open on the screen of whoever runs the tests.
vi.stubEnv('DISPLAY', '');
vi.stubEnv('WAYLAND_DISPLAY', '');

const files = temporaryFolder(endAfterAll());
const notes = path.join(files, 'notes.txt');
writeFileSync(notes, 'notes');

/** A line of each kind in the order of one testGroup, and what is seen then: line by line, and on the full screen. */
const testGroup: ReadonlyArray<readonly [line: string, byLines: string, onScreen?: string]> = [
  ['/thread new ops', 'You are in ops.', 'said: created ops'],
  ['/bot add Helper', 'Helper is here. /attach gives it something to do.'],
  ['/bots', 'Nothing is attached. /handlers lists what can be.'],
  [
    '/attach reply @Helper triggers=ping match=exact replies=["pong"]',
    'Attached reply: ping.',
    'reply is attached to Helper.',
  ],
  ['/bots', 'Helper: reply [ ping ]'],
  ['ping', 'message: pong', 'said: pong'],
  ['/react 👍', 'reaction: 👍', 'reactions: :thumbsup:'],
  ['/reply sure', 'message: sure', 'said: sure'],
  ['/edit certain', 'The message was changed.', 'said: certain'],
  ['/delete', 'The message was removed.', 'Select a message first: Alt+↑.'],
  ['/search NOTHING 100%', 'No message with "NOTHING 100%".', 'search: NOTHING 100% 0 of 0'],
  ['/search PON', '1 message with "PON":', 'search: PON 1 of 1'],
  ['/goto last', 'The last messages:', 'at the end: true'],
  ['/goto first', 'The first messages:', 'at the end: true'],
  ['/goto 1999', 'Usage: /goto first, last, today'],
  ['/goto today', 'created ops', 'at the end: true'],
  ['/knock', 'You knocked.'],
  [`/upload ${notes}`, 'notes'],
  [`/download ${path.join(files, 'GOT-SAVED.txt')}`, '(5 bytes).'],
  [
    `/download ${path.join(files, 'GOT-SAVED.txt')}`,
    'exists already. /download NAME saves it under another name.',
  ],
  ['/open', 'There is no display here to open a file on. /download saves it.'],
  [`/save ${path.join(files, 'SAVED')}`, 'saved in'],
  ['/record', 'Nothing is being recorded.'],
  ['/failed', 'Nothing has failed here.'],
  ['/retry', 'There is nothing to try again.'],
  ['/clear cooldowns', 'Every bot and action may act again.'],
  ['/handlers', 'reply – Reply with the given response(s).'],
  ['/action', 'reply @Helper [ ping ]'],
  ['/action off reply', 'reply @Helper is off.'],
  ['/detach ReplyBot', 'Detached reply.'],
  ['/detach reply', '"reply" is not attached.'],
  ['/attach HelloBot', 'Attached hello: hello|hi|hey.', 'hello is attached to Helper.'],
  ['/install nothing', 'There is no packaged bot "nothing". /install lists them.'],
  ['/install games_package now', ' is installed.'],
  ['/uninstall Helper', 'Helper is removed.'],
  ['/bot off Helper', 'There is no bot "Helper" here.'],
  ['/beside off', 'Two people side by side need the full screen.', 'You are alone in this window.'],
  ['/as Grace', 'You speak as Grace.', 'speaker: Grace'],
  ['/as Ada', 'You speak as Ada.', 'speaker: Ada'],
  ['/admin Grace on', 'Grace is now an admin.'],
  ['/people', 'Grace: admin, ', 'people true'],
  ['/bell off', 'A knock is silent from now on.'],
  ['/bell loud', 'Usage: /bell on|off'],
  ['/clock +15m', ', moved forward by 15m.'],
  ['/clock -15m', 'The clock only goes forward'],
  ['/replay', 'Replay is off.'],
  ['/reset', '/reset yes empties the playground', 'Empty the playground?'],
  ['/cancel hello', 'No handler "hello" is running here.'],
  ['/reload', 'reloaded'],
  ['/logs', 'What handlers print is hidden from now on.', 'logs true'],
  ['/logs now', '/logs takes nothing after it, and "now" was given. Nothing was done.'],
  ['/help', 'Anything else is sent as a message', '"kind":"help"'],
  ['/nothing', 'There is no command /nothing. /help lists them; //nothing sends it as a message.'],
  ['//help', 'message: /help', 'said: /help'],
  ['/quit', 'left'],
];

test('the testGroup has every command', () => {
  const told = new Set(testGroup.map(([line]) => /^\/([^\s/]\S*)/.exec(line)?.[1]));
  expect(commands.map(({ name }) => name).filter((name) => !told.has(name))).toEqual([]);
});

describe.each([
  ['line by line', openLines, 1],
  ['on the full screen', openScreen, 2],
] as const)('%s', (name, open, place) => {
  let form: Form;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    form = await open(atEnd);
  });

  test.each(testGroup.map((row, number) => [number, row[0], row] as const))(
    'line %i of the testGroup, %s, shows its result',
    async (_, line, row) => {
      await form.type(line.replace('SAVED', name));
      const expected = row[place] ?? row[1];
      await expect.poll(() => form.seen(), { timeout: 20_000 }).toContain(expected);
    },
  );
});
