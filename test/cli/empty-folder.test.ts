import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { replyBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { conversationOf } from '../support/simulation.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

describe('in an empty folder', () => {
  test('make:bot, four lines changed to the HelloBot of the documentation, and "hi there" is answered', async () => {
    const folder = temporaryFolder();
    expect(await messenger(folder, ['make:bot', 'HelloBot'])).toMatchObject({ code: 0, stderr: '' });
    const file = path.join(folder, 'bots', 'HelloBot.ts');
    const changes: Array<[RegExp, string]> = [
      [/description: .*/, "description: 'Say hello when someone says hi!',"],
      [/triggers: .*/, "triggers: ['hello', 'hi', 'hey'],"],
      [/match: .*/, 'match: MessengerBots.MATCH_CONTAINS_CASELESS,'],
      [
        /await this\.composer\(\).*/,
        "await this.composer().emitTyping().message('Why hello there ' + this.message.owner.getProviderName() + '!'); await this.composer().reaction(this.message, '👋');",
      ],
    ];
    const changed = changes.reduce((text, [line, by]) => text.replace(line, by), readFileSync(file, 'utf8'));
    writeFileSync(file, changed);

    const { code, stdout, stderr } = await messenger(
      folder,
      ['simulate', '--json', '--as', 'Ada'],
      'hi there\n',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const bot = { name: 'PlaygroundBot', bot: true };
    expect(conversationOf(stdout)).toMatchObject([
      { event: 'message', from: { name: 'Ada', bot: false }, body: 'hi there' },
      { event: 'typing', from: bot },
      { event: 'message', from: bot, body: 'Why hello there Ada!' },
      { event: 'reaction', from: bot, body: '👋', message_body: 'hi there' },
    ]);
  });

  test('the ReplyBot of the documentation answers, attached with its payload of the documentation', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'bots/ReplyBot.ts': replyBot });
    const payload = JSON.stringify({
      ...{ handler: 'reply', cooldown: 0, admin_only: false, enabled: true, match: 'contains:caseless' },
      ...{ triggers: ['help', 'support'], replies: ['Why are you asking me?', 'I say google it!'] },
    });
    const lines = `help\n/attach reply ${payload}\nI need Support\n`;
    const { code, stdout, stderr } = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], lines);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const answers = conversationOf(stdout).filter(({ from }) => from.bot);
    expect(answers.map(({ event, body }) => [event, body])).toEqual([
      ['typing', ''],
      ['message', 'Why are you asking me?'],
      ['message', 'I say google it!'],
    ]);
  });

  test('a few ready-made handlers answer, and it says so', async () => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await messenger(
      folder,
      ['simulate', '--as', 'Ada'],
      '!roll 5 5\n!commands\n',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^· There are no handlers in bots\/, so a few ready-made ones answer\./m);
    expect(stdout).toMatch(/^· Attached to \w+: .*roll \[ !r \| !roll \]/m);
    expect(stdout).toMatch(/^\w+: Rolling \(5 - 5\): 5$/m);
    expect(stdout).toContain('Roll Numbers - [ !r | !roll ]');
    expect(readdirSync(folder)).toEqual(['.messenger']);
  });
});
