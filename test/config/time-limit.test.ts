import { expect, test } from 'vitest';
import { mayLoop } from '../../src/config/time-limit.ts';

test.each([
  ['an object', 'export default { bots: { enabled: true, memory: 64 }, listeners: {} };', false],
  [
    'an object of TypeScript',
    'const config = { http: { port: 0 } } as const;\nexport default config;',
    false,
  ],
  ['nothing', '', false],
  ['a function that would be called', 'export default { listeners: { NewMessage: () => {} } };', true],
  ['a call', "import { defineConfig } from 'messenger-bots';\nexport default defineConfig({});", true],
  ['a loop', 'for (;;) {}\nexport default {};', true],
  ['a tagged template', 'const loop = x => x;\nexport default loop`text`;', true],
  ['an import', "import './loop.ts';\nexport default {};", true],
  ['an import for a part of it', "import bots from './loop.ts';\nexport default { bots };", true],
  ['what another file exports', "export { default } from './loop.ts';", true],
])('whether a configuration may loop for ever is seen by its text: %s', (_, text, expected) => {
  expect(mayLoop(text)).toBe(expected);
});
