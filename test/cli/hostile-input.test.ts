import { expect, test } from 'vitest';
import { botSource, posting } from '../support/bot-source.ts';
import { messenger } from '../support/messenger.ts';
import { conversationOf } from '../support/simulation.ts';
import { makeWorkspace } from '../support/workspace.ts';

const measure = botSource('Measure', posting('JSON.stringify([...this.message.body].length)'), {
  settings: "match: 'any'",
});

/** What a simulation makes of these bytes. */
async function simulate(input: string | Uint8Array[], ...options: string[]) {
  const { folder } = makeWorkspace({ 'bots/Measure.ts': measure });
  const { stdout, stderr } = await messenger(folder, ['simulate', '--as', 'Ada', ...options], input);
  expect(stderr).toBe('');
  return stdout;
}

const bodies = (stdout: string) => conversationOf(stdout).map(({ event, body }) => [event, body]);

test('bytes that are no UTF-8 are shown as such and answered', async () => {
  const input = [Buffer.concat([Buffer.from([0xff, 0xfd, 0x41, 0x0a]), Buffer.from('ok\n')])];
  expect(bodies(await simulate(input, '--json'))).toEqual([
    ['message', '\ufffd\ufffdA'],
    ['message', '3'],
    ['message', 'ok'],
    ['message', '2'],
  ]);
});

test('a character that comes in two pieces is one character', async () => {
  const bytes = Buffer.from('👋\n');
  expect(bodies(await simulate([bytes.subarray(0, 2), bytes.subarray(2)], '--json'))).toEqual([
    ['message', '👋'],
    ['message', '1'],
  ]);
});

test('a line that is too long is refused, the next one is answered', async () => {
  const lines = `${'x'.repeat(6000)}\n${'y'.repeat(5000)}\n`;
  expect(bodies(await simulate(lines, '--json'))).toEqual([
    ['error', 'The message was not sent: it has 6000 characters, and at most 5000 are allowed.'],
    ['message', 'y'.repeat(5000)],
    ['message', '5000'],
  ]);
});

test('a line ends where it is ended, and at no other break in a text', async () => {
  const line = 'one\u2028two\u2029three\u0085four\rfive';
  expect(bodies(await simulate(`${line}\n`, '--json'))).toEqual([
    ['message', line],
    ['message', String(line.length)],
  ]);
});

test('lines may end as on Windows', async () => {
  expect(bodies(await simulate('one\r\n\r\ntwo\r\n', '--json'))).toEqual([
    ['message', 'one'],
    ['message', '3'],
    ['message', 'two'],
    ['message', '3'],
  ]);
});

test('control characters reach the bots, and never the terminal', async () => {
  const input = 'red \u001b[31m and \u0007 bell\u0000\u009b\n';
  const text = await simulate(input);
  expect(text).toContain('Ada: red \\x1b[31m and \\x07 bell\\x00\\x9b\n');
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
  const [[, body] = []] = bodies(await simulate(input, '--json'));
  expect(body).toBe(input.trimEnd());
});

test('control characters of a name never reach the terminal', async () => {
  const text = await simulate('/as \u001b[2Jbob\nhi\n');
  expect(text).toContain(
    'cannot be the name of a person: it contains a line break or another control character.',
  );
  expect(text).not.toMatch(/[^\P{Cc}\n]/u);
});

test('a hundred lines at once are answered one by one', async () => {
  const answers = bodies(await simulate('x\n'.repeat(100), '--json'));
  expect(answers).toEqual(
    Array.from({ length: 100 }, () => [
      ['message', 'x'],
      ['message', '1'],
    ]).flat(),
  );
});

test('what authors call things cannot move the cursor, and long lists of triggers are cut in a table', async () => {
  const [clear, triggers] = ['\u001b[2J', Array.from({ length: 500 }, (_, index) => `trigger ${index}`)];
  const source = botSource('Act', "throw new Error('\\u001b[2J');", {
    settings: `triggers: ${JSON.stringify(triggers)}, match: 'exact',`,
  });
  const { folder } = makeWorkspace({ 'bots/Act.ts': source.replace("'act'", JSON.stringify(`act${clear}`)) });
  const said = [
    await messenger(folder, ['test-resolve', 'Act', 'cooldown=0', 'admin_only=false', 'enabled=true']),
    await messenger(folder, ['attach', 'Act']),
    await messenger(folder, ['simulate', '--as', 'Ada'], 'trigger 7\n/handlers\n/bots\n'),
    await messenger(folder, ['bots']),
    await messenger(folder, ['failed']),
    await messenger(folder, ['retry', '--all']),
    await messenger(folder, ['attach', `nobody${clear}`]),
  ];
  expect(said.map(({ code }) => code)).toEqual([0, 0, 1, 0, 0, 1, 1]);
  for (const { stdout, stderr } of said) {
    expect(stdout + stderr).toContain('\\x1b[2J');
    expect(stdout + stderr).not.toContain('\u001b');
  }
  const widest = Math.max(...(said[3]?.stdout ?? '').split('\n').map((line) => line.length));
  expect(widest).toBeLessThan(160);
});
