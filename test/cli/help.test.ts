import { describe, expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { messenger } from '../support/messenger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('help', () => {
  test('of every command tells how it is used, with an example that begins with the command', async () => {
    const folder = temporaryFolder();
    const outcomes = await Promise.all(commands.map(({ name }) => messenger(folder, [name, '--help'])));
    for (const [place, { name, summary }] of commands.entries()) {
      const { code, stdout, stderr } = outcomes[place] ?? {};
      expect({ name, code, stderr }).toEqual({ name, code: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^Usage: messenger ${name}`));
      expect(stdout).toContain(`${summary}.`);
      expect(stdout).toMatch(new RegExp(`\\nExample:\\n  \\$ messenger ${name}`));
    }
  });

  test.each([[[]], [['--help']], [['-h']], [['help']]])(
    'of everything lists the commands: %j',
    async (words) => {
      const { code, stdout, stderr } = await messenger(temporaryFolder(), words);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const unwrapped = stdout.replace(/\s+/g, ' ');
      for (const { name, summary } of commands)
        expect(unwrapped).toMatch(new RegExp(` ${name}(\\|\\S+)? ${summary} `));
    },
  );
});

test.each([
  ['simluate', 'There is no command "simluate". Did you mean "simulate"?'],
  ['make:bots', 'There is no command "make:bots". Did you mean "make:bot"?'],
  ['messenger:make:bto', 'There is no command "messenger:make:bto". Did you mean "make:bot"?'],
  ['testresolve', 'There is no command "testresolve". Did you mean "test-resolve"?'],
  ['xyzzy', 'There is no command "xyzzy". "messenger --help" lists them all.'],
])('"messenger %s" is wrong use: %s', async (name, sentence) => {
  const { code, stdout, stderr } = await messenger(temporaryFolder(), [name]);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(`Error: ${sentence}`);
  expect(stderr.trim().split('\n')).toHaveLength(1);
});

test.each([
  ['an option that is none', ['simulate', '--jsno'], "unknown option '--jsno'"],
  ['an argument that is missing', ['make:bot'], "missing required argument 'class'"],
  ['an argument too many', ['make:bot', 'HelloBot', 'OtherBot'], 'too many arguments'],
  ['a parameter that is none', ['test-resolve', 'HelloBot', 'cooldown'], '"cooldown" is not a parameter.'],
  ['JSON that is none', ['test-resolve', 'HelloBot', '{"cooldown":'], 'The parameters are not a JSON object'],
])('%s is wrong use', async (_, words, sentence) => {
  const { code, stdout, stderr } = await messenger(temporaryFolder(), words);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test.each(['--version', '-V'])('%s prints the version', async (option) => {
  const { code, stdout } = await messenger(temporaryFolder(), [option]);
  expect([code, stdout]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
});

test('started by npx, hints and examples are of npx too', async () => {
  const folder = temporaryFolder();
  const run = (...words: string[]) => messenger(folder, words, '', { npm_command: 'exec' });
  expect((await run('daemon', 'status')).stderr).toContain('"npx messenger daemon start"');
  const help = await run('purge:bots', '--help');
  expect(help.stdout).toMatch(/^Usage: npx messenger purge:bots /);
  expect(help.stdout).toContain('  $ npx messenger purge:bots --days 30\n');
  expect(help.stdout).toContain('cd /srv/chat && npx messenger purge:bots');
  expect((await run('nothing')).stderr).toContain('"npx messenger --help" lists them all.');
});
