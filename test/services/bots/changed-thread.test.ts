import { beforeAll, expect, test } from 'vitest';
import { removeBotAvatar, setBotAvatar } from '../../../src/services/bots/bot-avatar.ts';
import { updateBot } from '../../../src/services/bots/update-bot.ts';
import { installPackage } from '../../../src/services/packages/install-package.ts';
import { samples } from '../../support/file-bytes.ts';
import { helloBot } from '../../support/handlers.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

const packageSource = `
import { PackagedBot } from 'messenger-bots';
import HelloBot from './HelloBot.ts';
export class Small extends PackagedBot {
  static override getSettings() {
    return { alias: 'small', description: 'Of a test.', name: 'Small Package' };
  }
  static override installs() {
    return [HelloBot];
  }
}
`;

const atEnd = endAfterAll();
let testGroup: TestGroup;
beforeAll(async () => {
  testGroup = await TestGroup.open({ 'HelloBot.ts': helloBot, 'Small.ts': packageSource }, {}, atEnd);
});

/** Does something as Ada in a group that was renamed after the request had read it. Returns the names in events. */
async function namesInEvents(work: (group: TestGroup) => Promise<unknown>): Promise<Array<string | null>> {
  const group = await testGroup.anew();
  const names: Array<string | null> = [];
  const stop = testGroup.app.events.on('NewMessage', ({ thread }) => names.push(thread.subject));
  await group.change('update threads set subject = ? where id = ?', 'Renamed', group.thread.id);
  await work(group);
  stop();
  return names;
}

const fields = { name: 'Other', enabled: true, hideActions: false, cooldown: 0 };
const picture = { name: 'cat.png', bytes: samples.png, extension: 'png' };

test('the system message about a renamed bot carries the thread of the transaction', async () => {
  const names = await namesInEvents(async (group) => {
    const [user, bot] = [await group.person('Ada'), await group.bot('Helper')];
    await updateBot(group.app, { thread: group.thread, user, bot, fields });
  });
  expect(names.at(-1)).toBe('Renamed');
});

test('so do those about the avatar of a bot', async () => {
  const names = await namesInEvents(async (group) => {
    const [user, bot] = [await group.person('Ada'), await group.bot('Helper')];
    const changed = await setBotAvatar(group.app, { thread: group.thread, user, bot, picture });
    await removeBotAvatar(group.app, { thread: group.thread, user, bot: changed });
  });
  expect(names.slice(-2)).toEqual(['Renamed', 'Renamed']);
});

test('so does the one about an installed package', async () => {
  const names = await namesInEvents(async (group) => {
    const user = await group.person('Ada');
    await installPackage(group.app, { thread: group.thread, user, name: 'small' });
  });
  expect(names.at(-1)).toBe('Renamed');
});
