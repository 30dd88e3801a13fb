import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { botSource } from '../support/bot-source.ts';
import { handlerSource } from '../support/handlers.ts';
import { capturedOutputs } from '../support/outputs.ts';
import { handledMessage, rejection, shortDeadline, TestSandbox } from '../support/sandbox.ts';

/** A sandbox without isolation, with a handler of this body. */
const inside = (body: string, more: Record<string, string> = {}) =>
  new TestSandbox({ 'bots/Act.ts': handlerSource('Act', '!go', body), ...more }, { isolation: 'none' });

const named = (id: string) => ({ ...handledMessage, id });

describe('without isolation a handler', () => {
  test('runs in this process, and its requests are answered', async () => {
    const sandbox = inside('await this.composer().message(String(process.pid));');
    await sandbox.run('Act');
    expect(sandbox.asked).toEqual([
      { kind: 'message', step: 1, args: expect.objectContaining({ body: String(process.pid) }) },
    ]);
  });

  test('gets copies, so that it cannot change what is ours', async () => {
    const sandbox = inside(
      "this.message.body = 'changed'; await this.composer().message(this.message.body);",
    );
    const message = named('ours');
    await sandbox.run('Act', { context: { message } });
    expect([message.body, sandbox.asked[0]?.args]).toEqual([
      'hi there',
      expect.objectContaining({ body: 'changed' }),
    ]);
  });

  test('that throws fails with its error and line', async () => {
    const error = await rejection(inside("throw new Error('no luck');").run('Act'));
    expect([error.message, error.stack]).toEqual([
      'no luck',
      expect.stringMatching(/^at .*bots\/Act\.ts:\d+/),
    ]);
  });

  test('that awaits too long is not waited for', async () => {
    const sandbox = inside('await new Promise(() => {});');
    const error = await rejection(sandbox.run('Act', { timeout: shortDeadline }));
    expect(error.code).toBe('HANDLER_TIMEOUT');
  });

  test('posts nothing after its deadline', async () => {
    const slow = 'await new Promise((resolve) => setTimeout(resolve, 1_500));';
    const sandbox = inside(`${slow} await this.composer().message(this.message.id);`);
    const late = sandbox.run('Act', { timeout: shortDeadline, context: { message: named('late') } });
    const inTime = sandbox.run('Act', { context: { message: named('in time') } });
    await rejection(late);
    await inTime;
    expect(sandbox.asked.map(({ args }) => args.body)).toEqual(['in time']);
  });

  test('that registers a class while it runs gets an error', async () => {
    const sandbox = inside('MessengerBots.registerHandlers([]);');
    expect((await rejection(sandbox.run('Act'))).code).toBe('REGISTERED_TOO_LATE');
  });

  test('prints under its name, and nothing of it is printed here', async () => {
    const printed = capturedOutputs();
    const sandbox = inside("process.stdout.write('one\\n'); process.stderr.write('two\\n');");
    await sandbox.run('Act');
    process.stdout.write('ours');
    expect(sandbox.printed).toEqual([
      { handler: 'Act', line: 'one' },
      { handler: 'Act', line: 'two' },
    ]);
    expect(printed).toEqual({ stdout: 'ours', stderr: '' });
  });

  test('finds what the configuration gives to handlers in its environment', async () => {
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv('INSIDE_KEY', '');
    const text = handlerSource('Act', '!go', "await this.composer().message(process.env.INSIDE_KEY ?? '');");
    const environment = { INSIDE_KEY: 'given' };
    const sandbox = new TestSandbox({ 'bots/Act.ts': text }, { isolation: 'none', environment });
    await sandbox.run('Act');
    expect(sandbox.asked[0]?.args).toMatchObject({ body: 'given' });
  });
});

test('a file that is saved is loaded anew, with its variables', async () => {
  const counting = (step: number) =>
    `let count = 0;\n${handlerSource('Act', '!go', `count += ${step}; await this.composer().message(String(count));`)}`;
  const sandbox = new TestSandbox({ 'bots/Act.ts': counting(1) }, { isolation: 'none' });
  await sandbox.run('Act');
  await sandbox.run('Act');
  sandbox.write({ 'bots/Act.ts': counting(10) });
  await sandbox.sandbox.reload([`${sandbox.folder}/bots/Act.ts`]);
  await sandbox.run('Act');
  expect(sandbox.asked.map(({ args }) => args.body)).toEqual(['1', '2', '10']);
});

test('files with one alias do not disturb each other', async () => {
  const sandbox = new TestSandbox(
    {
      'bots/One.ts': botSource('One', ''),
      'bots/Two.ts': botSource('Two', '').replace(/alias: '\w+'/, "alias: 'one'"),
    },
    { isolation: 'none' },
  );
  const { handlers, problems } = await sandbox.describe('bots/One.ts', 'bots/Two.ts');
  expect([handlers.map(({ class: name }) => name), problems]).toEqual([['One', 'Two'], []]);
});

test('a file that cannot be loaded is a problem, and the next version of it is not', async () => {
  const sandbox = inside('');
  sandbox.write({ 'bots/Act.ts': 'export class {' });
  expect((await sandbox.describe('bots/Act.ts')).problems).toHaveLength(1);
  sandbox.write({ 'bots/Act.ts': handlerSource('Act', '!go', '') });
  expect(await sandbox.describe('bots/Act.ts')).toMatchObject({ problems: [], handlers: [{ class: 'Act' }] });
});
