import { describe, expect, test } from 'vitest';
import { placeOfMethod } from '../../src/sandbox/handler-place.ts';

/** Where `handle()` of a class is found in files; the first one is asked. The place is marked by `▸`. */
function placeOf(marked: Record<string, string>, className = 'Hang') {
  const texts = Object.entries(marked).map(([file, text]) => [file, text.replace('▸', '')] as const);
  const [first = ''] = Object.keys(marked);
  return placeOfMethod(new Map(texts), first, className, 'handle');
}

/** The place that is marked. */
function markIn(marked: Record<string, string>) {
  for (const [file, text] of Object.entries(marked)) {
    const before = text.split('▸')[0] ?? '';
    const lines = before.split('\n');
    if (before !== text) return { file, line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
  }
  throw new Error('No place is marked.');
}

const start = "import { BotActionHandler } from 'messenger-bots';\n";

describe('the place of handle()', () => {
  test.each<[string, string | Record<string, string>, string?]>([
    ['a method', `${start}export class Hang extends BotActionHandler {\n  ▸async handle() {}\n}`],
    [
      'one with modifiers',
      'class Hang extends B {\n  rules() {}\n  ▸public override async handle(): Promise<void> {}\n}',
    ],
    ['a method of JavaScript', 'exports.Hang = class Hang extends B { static x = 1; ▸handle() {} };'],
    ['a field', 'class Hang extends B {\n  a = 1\n  ▸override handle = async () => {};\n}'],
    ['a generator', 'class Hang extends B { ▸*handle() {} }'],
    ['a class that is assigned', 'export const Hang: Kind = class extends B {\n ▸handle() {} };'],
    [
      'a default export without a name',
      'class A { handle() {} }\nexport default class extends B {\n ▸handle() {} }',
      'default',
    ],
    ['the second of two classes', 'class Sleep { handle() {} }\nclass Hang { ▸handle() {} }'],
    [
      'the one with that very name',
      'class Hanging { handle() {} }\nclass Hang$ { handle() {} }\nclass Hang { ▸handle() {} }',
    ],
    ['a name with a $', 'class Hang { handle() {} }\nclass $Hang { ▸handle() {} }', '$Hang'],
    ['behind a nested class', 'class Hang { static Inner = class { handle() {} };\n ▸handle() {} }'],
    [
      'behind calls of it',
      'class Hang { again() { this.handle(); handle(); }\n x = handle(1); ▸handle() {} }',
    ],
    [
      'behind comments',
      '// class Hang { handle() {} }\n/* class Hang {\n handle() {} */\nclass Hang { /* handle() */ ▸handle() {} }',
    ],
    [
      'behind texts',
      `const a = 'class Hang { handle() {} }', b = "}";\nclass Hang { x = '}'; y = "{\\"{"; ▸handle() {} }`,
    ],
    [
      'behind templates',
      'class Hang { x = `}$'.concat('{`}` + "}"}}`; y = `$', '{{ a: 1 }} }`; ▸handle() {} }'),
    ],
    ['behind patterns', 'class Hang { x = /[}"\'`/]}/; y = 4 / 2; z = (/}/g); ▸handle() {} }'],
    [
      'behind rules with brackets',
      'class Hang {\n rules() { return { a: z.array(z.string()), b: (x) => ({ handle: 1 }) }; }\n ▸handle() {} }',
    ],
    [
      'behind parameters of types',
      'class Hang<T extends { a: string }> extends Base<{ handle: T }, () => void> {\n ▸handle() {} }',
    ],
    [
      'of a mixin',
      'const mixin = (X) => class Mixed extends X { ▸handle() {} };\nclass Hang extends mixin(B, { a: 1 }) { rules() {} }',
      'Mixed',
    ],
    ['of its parent', 'class Base extends B { ▸handle() {} }\nclass Hang extends Base { rules() {} }'],
    [
      'of its parent in another file',
      {
        '/w/a.ts': 'import { Base } from "./b";\nexport class Hang extends Base {}',
        '/w/b.ts': 'class Top { ▸handle() {} }\nexport class Base extends Top {}',
      },
    ],
    [
      'in an imported file',
      {
        '/w/bots/pack.ts':
          "import { Hang } from '../lib/hang';\nclass P { static installs() { return [Hang]; } }",
        '/w/lib/hang.ts': '\n\nexport class Hang {\n\t▸handle() {} }',
      },
    ],
    [
      'of a class that has none: the class',
      'class Other { handle() {} }\nexport ▸class Hang extends Elsewhere {}',
    ],
    ['of parents in a circle: the class', '▸class Hang extends Base {}\nclass Base extends Hang {}'],
    [
      'of a class that is elsewhere: where it is named',
      "// Hang\nimport { ▸Hang } from 'package';\nexport { Hang };",
    ],
    ['of a class that nobody names: the file', '▸const a = 1;'],
    ['of half a file: the class', 'export ▸class Hang {\n rules() { return { a: (('],
    ['of a file with nothing in it', '▸'],
  ])('%s', (_, written, className) => {
    const files = typeof written === 'string' ? { '/w/bots/hang.ts': written } : written;
    expect(placeOf(files, className)).toEqual(markIn(files));
  });
});
