import { describe, expect, test } from 'vitest';
import { botSource } from '../../support/bot-source.ts';
import { endAfterAll } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';

/** What is refused, and the code of the refusal. Each stands on a line of its own in its file. */
const refused: Array<[name: string, statement: string, code: string]> = [
  ['an empty text', "await this.composer().message('');", 'EFFECT_REFUSED'],
  ['no text', 'await this.composer().message(undefined as never);', 'EFFECT_REFUSED'],
  ['a number as a text', 'await this.composer().message(7 as never);', 'EFFECT_REFUSED'],
  [
    'what cannot be sent',
    "await this.composer().message('a', null, { run() {} } as never);",
    'EFFECT_REFUSED',
  ],
  ['a reply to what is no message', "await this.composer().message('a', 7 as never);", 'EFFECT_REFUSED'],
  ['a bot of elsewhere', "await this.composer().from('no such bot').message('a');", 'EFFECT_REFUSED'],
  ['no reaction', "await this.composer().reaction(this.message, 'abc');", 'EFFECT_REFUSED'],
  ['a reaction to nothing', "await this.composer().reaction(undefined as never, '👋');", 'EFFECT_REFUSED'],
  ['a file that is not there', "await this.composer().image('no/such.png');", 'FILE_UNREADABLE'],
  ['a file that is none', 'await this.composer().image(undefined as never);', 'FILE_UNREADABLE'],
  ['a file of another kind', "await this.composer().image(Buffer.from('text'));", 'EFFECT_REFUSED'],
  ['what is no list', 'await this.composer().archive(undefined as never);', 'EFFECT_REFUSED'],
  ['an unknown person', "await this.composer().read('nobody');", 'EFFECT_REFUSED'],
  ['no time to sleep', 'await this.sleep(-1);', 'EFFECT_REFUSED'],
  ['no page', "await this.thread.messages({ limit: 'x' as never });", 'EFFECT_REFUSED'],
  ['an invite without an end', "await this.thread.invite({ minutes: 'x' as never });", 'EFFECT_REFUSED'],
  ['a service that is not there', "await fetchWithin(5_000, 'http://127.0.0.1:1/');", 'FETCH_FAILED'],
  ['JSON of one', "await fetchJsonWithin(5_000, 'http://127.0.0.1:1/', z.string());", 'FETCH_FAILED'],
  ['an address that is none', "await fetchWithin(5_000, 'nowhere');", 'FETCH_FAILED'],
];

describe.each(['thread', 'process'] as const)('in a %s of its own', (isolation) => {
  const atEnd = endAfterAll();
  const source = (name: string, statement: string) =>
    botSource(name, `\n${statement}`, { settings: "match: 'any'" }).replace(
      "import { BotActionHandler, MessengerBots } from 'messenger-bots';",
      "import { BotActionHandler, fetchJsonWithin, fetchWithin } from 'messenger-bots';",
    );

  test('what is refused points to the line that asked for it', async () => {
    const bots = Object.fromEntries(
      refused.map(([, statement], number) => [`Act${number}.ts`, source(`Act${number}`, statement)]),
    );
    const testGroup = await TestGroup.open(bots, { isolation }, atEnd);
    for (const number of refused.keys()) await testGroup.attach(`act${number}`);
    const failures = testGroup.collect('BotActionFailed');
    await testGroup.watch('Ada', 'hi');
    const told = failures.map(({ action, error }) => [
      refused[Number(action.handler.slice(3))]?.[0],
      error.code,
      error.stack
        ?.split('\n')[0]
        ?.replace(/^.*?(bots\/\w+\.ts:\d+).*$/, '$1')
        .replace(/\d+\.ts/, '.ts'),
    ]);
    expect(told).toEqual(refused.map(([name, , code]) => [name, code, 'bots/Act.ts:12']));
  });
});
