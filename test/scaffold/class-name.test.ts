import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkClassName } from '../../src/scaffold/class-name.ts';
import { type Make, make } from '../../src/scaffold/make.ts';
import { readSource } from '../support/sources.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** What is wrong with a name; undefined when nothing is. */
function problemOf(name: string): string | undefined {
  try {
    checkClassName(name);
    return undefined;
  } catch (error) {
    expect(error).toMatchObject({
      code: 'CLASS_NAME_INVALID',
      message: expect.stringContaining(`"${name}"`),
    });
    return error instanceof Error ? error.message : '';
  }
}

test.each([
  'HelloBot',
  'A',
  'Bot',
  'Bot2',
  'Hello_World',
  'HTTPBot',
  'X__',
  'Class',
  'Await',
  `B${'o'.repeat(98)}t`,
])('%s can be the name of a class', (name) => {
  expect(problemOf(name)).toBeUndefined();
});

test.each([
  ['', 'it is empty'],
  ['helloBot', 'it does not begin with a capital letter'],
  ['bot', 'it does not begin with a capital letter'],
  ['_Bot', 'it does not begin with a capital letter'],
  ['2Bots', 'it begins with a digit'],
  ['2 Bots', 'it begins with a digit'],
  ['Hello Bot', 'it contains " "'],
  [' HelloBot', 'it contains " "'],
  ['HelloBot\n', 'it contains "\n"'],
  ['Hello-Bot', 'it contains "-"'],
  ['Hello.Bot', 'it contains "."'],
  ['HelloBot.ts', 'it contains "."'],
  ['../HelloBot', 'it contains "."'],
  ['bots/HelloBot', 'it contains "/"'],
  ['C:\\HelloBot', 'it contains ":"'],
  ['Hello$Bot', 'it contains "$"'],
  ['ÜberBot', 'it contains "Ü"'],
  ['Bot👋', 'it contains "👋"'],
  ['ПриветBot', 'it contains "П"'],
  ['BotActionHandler', 'the file imports something with that name'],
  ['MessengerBots', 'the file imports something with that name'],
  ['PackagedBot', 'the file imports something with that name'],
  ['Object', 'JavaScript already has something with that name'],
  ['Map', 'JavaScript already has something with that name'],
  [`B${'o'.repeat(99)}t`, 'it has 101 characters, and at most 100 are allowed'],
])('%j cannot: %j', (name, problem) => {
  expect(problemOf(name)).toContain(problem);
});

describe('no reserved word can', () => {
  test.each([
    ...['class', 'default', 'enum', 'await', 'yield', 'implements', 'interface', 'package', 'static', 'let'],
    ...['null', 'true', 'false', 'this', 'super', 'any', 'string', 'unknown', 'async', 'of', 'constructor'],
  ])('%s', (word) => {
    expect(problemOf(word)).toMatch(word === 'constructor' ? /capital/ : /it is a reserved word/);
  });
});

describe('no name that the template imports can be the class it writes', () => {
  const templates: ReadonlyArray<Make['template']> = ['bot', 'packaged-bot'];
  const importedBy = (template: string): string[] =>
    [...readSource(`templates/${template}.hbs`).matchAll(/import (?:type )?\{([^}]*)\}/g)]
      .flatMap(([, names = '']) => names.split(','))
      .map((name) => name.trim())
      .filter((name) => /^[A-Z]/.test(name));
  const rows = templates.flatMap((template) => importedBy(template).map((name) => [template, name] as const));

  test('there are such names in every template', () => {
    expect(new Set(rows.map(([template]) => template))).toEqual(new Set(templates));
  });

  test.each(rows)('%s: %s', (template, className) => {
    const { bots } = makeWorkspace();
    expect(() => make({ template, className, folder: bots, force: false })).toThrow(
      expect.objectContaining({ code: 'CLASS_NAME_INVALID' }),
    );
    expect(readdirSync(bots)).toEqual([]);
  });
});

test('whatever can be the name of a class is one in JavaScript, and a safe name of a file', () => {
  const likely = fc.stringMatching(/^[A-Za-z_$]{0,3}[A-Za-z0-9_.\-/ ]{0,8}$/);
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), likely), (name) => {
      if (problemOf(name) !== undefined) return;
      expect(new Function(`'use strict'; class ${name} {} return ${name}.name;`)()).toBe(name);
      expect(name).toMatch(/^\w{1,100}$/);
    }),
  );
});
