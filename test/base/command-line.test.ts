import { expect, test } from 'vitest';
import { programName, shellWord } from '../../src/base/command-line.ts';

test.each<[string, NodeJS.ProcessEnv, string, string]>([
  [
    'by npx',
    { npm_command: 'exec' },
    '/home/ada/.npm/_npx/1/node_modules/messenger-bots/bin/messenger.js',
    'npx messenger',
  ],
  ['by npx in a clone', { npm_command: 'exec' }, '/srv/clone/bin/messenger.js', 'npx messenger'],
  [
    'by a script of npm',
    { npm_command: 'run-script' },
    '/srv/chat/node_modules/.bin/messenger',
    'npx messenger',
  ],
  ['by its path', {}, '/srv/chat/node_modules/.bin/messenger', 'npx messenger'],
  ['where it is installed globally', {}, '/usr/local/bin/messenger', 'messenger'],
  ['globally, in a script of npm', { npm_command: 'run-script' }, '/usr/local/bin/messenger', 'messenger'],
  ['by a service', {}, '/usr/lib/node_modules/messenger-bots/bin/messenger.js', 'messenger'],
])('started %s, hints name the command that works', (_, environment, script, name) => {
  expect(programName(environment, script)).toBe(name);
});

test.each([
  ['hello', 'hello'],
  ['bots/hello.chat.yaml', 'bots/hello.chat.yaml'],
  ['', "''"],
  ['hi there', "'hi there'"],
  ["it's", String.raw`'it'\''s'`],
  ['$HOME', "'$HOME'"],
])('%j is the word %s for a shell', (text, word) => {
  expect(shellWord(text)).toBe(word);
});
