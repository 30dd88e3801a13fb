import { afterAll, describe, expect, test } from 'vitest';
import { handlerSource } from '../support/handlers.ts';
import { TestSandbox } from '../support/sandbox.ts';
import { requiredSettings, settingsSource } from '../support/settings.ts';

const shared = new TestSandbox({}, {}, afterAll);
const withoutSettings = (member: string) => `import { BotActionHandler } from 'messenger-bots';
export class TestBot extends BotActionHandler {
  ${member}
  handle() {}
}`;

describe('code that cannot be loaded is told with file and line', () => {
  test.each([
    ['a syntax error', 'const a = 1;\nconst b = = 2;', 'FILE:2: Unexpected token.'],
    ['a throw', "const a = 1;\n\nthrow new Error('no luck');", 'FILE:3: no luck.'],
    ['a thrown text', "throw 'no luck';", 'FILE: no luck.'],
    [
      'a call of nothing',
      '\nundefined.call();',
      "FILE:2: Cannot read properties of undefined (reading 'call').",
    ],
    ['a file that is missing', "import './nowhere.ts';", expect.stringMatching(/^FILE.* '\.\/nowhere\.ts'/)],
    [
      'a package that is missing',
      "import 'no-such-package';",
      expect.stringMatching(/^FILE.* 'no-such-package'/),
    ],
    [
      'a throw in getSettings()',
      withoutSettings("static getSettings(): never { throw new Error('later'); }"),
      'FILE:3: later.',
    ],
    [
      'a throw in the constructor',
      settingsSource(requiredSettings, "constructor() { super(); throw new Error('later'); }"),
      'FILE:8: later.',
    ],
  ])('%s', async (_, text, sentence) => {
    const { handlers, sentences } = await shared.describeText(text);
    expect(handlers).toEqual([]);
    expect(
      sentences.map((found) => found.replace(' The file was not loaded; correct it and save.', '')),
    ).toEqual([sentence]);
    expect(sentences[0]).not.toMatch(/\n|dist\/|jiti|node:/);
  });

  test('an error in an imported file names that one', async () => {
    shared.write({
      'bots/syntax.ts': '\n\nconst = 1;',
      'bots/throws.ts': "\n\n\nthrow new Error('deep down');",
    });
    const syntax = await shared.describeText("import './syntax.ts';");
    const throwing = await shared.describeText("import './throws.ts';");
    expect([...syntax.sentences, ...throwing.sentences]).toEqual([
      expect.stringMatching(/^bots\/syntax\.ts:3: Unexpected token\. /),
      expect.stringMatching(/^bots\/throws\.ts:4: deep down\. /),
    ]);
  });
});

describe('settings are refused with file and field', () => {
  test.each([
    [
      'no alias',
      "description: 'd', name: 'n'",
      /^FILE: getSettings\(\) has an invalid "alias": it must be a non-empty string\./,
    ],
    ['a blank alias', "alias: ' ', description: 'd', name: 'n'", /^FILE: .* invalid "alias"/],
    ['no description', "alias: 'a', name: 'n'", /^FILE: .* invalid "description"/],
    ['no name', "alias: 'a', description: 'd'", /^FILE: .* invalid "name"/],
    ['a name that is a number', "alias: 'a', description: 'd', name: 7", /^FILE: .* invalid "name"/],
    [
      'a match that is none',
      `${requiredSettings}, match: 'startswith'`,
      /^FILE: .* invalid "match": "startswith" is none of any, contains, /,
    ],
    [
      'an empty list of triggers',
      `${requiredSettings}, triggers: []`,
      /^FILE: .* invalid "triggers": it must contain at least one non-empty trigger/,
    ],
    [
      'triggers that are all empty',
      `${requiredSettings}, triggers: ['', ' ', '|']`,
      /^FILE: .* invalid "triggers"/,
    ],
  ])('%s', async (_, fields, sentence) => {
    const { handlers, sentences } = await shared.describeText(settingsSource(fields));
    expect({ handlers, sentences }).toEqual({ handlers: [], sentences: [expect.stringMatching(sentence)] });
  });

  test.each(['cooldown', 'admin_only', 'enabled', 'match', 'triggers'])(
    'a rule for "%s", which every action has',
    async (field) => {
      const { sentences } = await shared.describeText(
        settingsSource(requiredSettings, `rules() { return { ${field}: z.string() }; }`),
      );
      expect(sentences).toEqual([
        expect.stringMatching(`^FILE: rules\\(\\) defines "${field}", which every action already has`),
      ]);
    },
  );
});

describe('code that does not end well is a problem of its file alone', () => {
  test.each([
    ['an endless loop', 'while (true);', /^bots\/a\.ts did not finish within 5000 ms and was stopped\./],
    [
      'an await that never comes back',
      'await new Promise(() => {});',
      /^bots\/a\.ts did not finish within 5000 ms/,
    ],
    ['process.exit()', 'process.exit(3);', /^bots\/a\.ts ended its own worker \(process\.exit\(3\)\)\./],
    ['a rejection nobody handles', "void Promise.reject(new Error('adrift'));", /^bots\/a\.ts: adrift\./],
  ])('%s at top level', async (_, text, sentence) => {
    const files = { 'bots/a.ts': text, 'bots/b.ts': handlerSource('NextBot', 'b', '') };
    const sandbox = new TestSandbox(files, { loadTimeout: 5_000 });
    const { handlers, problems } = await sandbox.describe('bots/a.ts', 'bots/b.ts');
    expect(handlers.map((handler) => handler.class)).toEqual(['NextBot']);
    expect(problems).toEqual([{ file: 'bots/a.ts', message: expect.stringMatching(sentence) }]);
  });
});

test.each([
  [
    'a handler without handle()',
    `import { BotActionHandler } from 'messenger-bots';
     export class MuteBot extends BotActionHandler {
       static override getSettings() { return { alias: 'mute', description: 'Says nothing.', name: 'Mute' }; }
       handel() {}
     }`,
    'FILE: the handler MuteBot has no handle() method, so it cannot answer messages. The handler was not registered; add "async handle() { … }" to it.',
  ],
  [
    'a package without installs()',
    `import { PackagedBot } from 'messenger-bots';
     export class EmptyPackage extends PackagedBot {
       static override getSettings() { return { alias: 'empty', description: 'Brings nothing.', name: 'Empty' }; }
     }`,
    'FILE: EmptyPackage: installs() is missing: every package lists its handlers. The package was not registered.',
  ],
])('%s is refused when it is loaded', async (_, text, sentence) => {
  expect(await shared.describeText(text)).toEqual({ handlers: [], sentences: [sentence] });
});
