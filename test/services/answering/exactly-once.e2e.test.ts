import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFailedRuns } from '../../../src/services/failed-runs/failed-runs.ts';
import { retryRun } from '../../../src/services/failed-runs/retry-run.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { waitingAtLatch } from '../../support/latch.ts';
import { Simulation } from '../../support/simulation.ts';
import { TestGroup } from '../../support/test-group.ts';
import { makeWorkspace } from '../../support/workspace.ts';

/** Ends for ever here the first time, and goes on where a file tells it to. */
const blocked =
  "if (!(await import('node:fs')).existsSync(new URL('../go-on', import.meta.url))) await new Promise(() => {});";
const steps = `
  await this.composer().emitTyping();
  await this.composer().message('one');
  await this.composer().reaction(this.message, '👋');
  ${blocked}
  await this.composer().message('two');`;

/** A workspace whose handlers go on when they are run again. */
const workspaceOf = (bots: Record<string, string>): string =>
  makeWorkspace(Object.fromEntries(Object.entries(bots).map(([name, text]) => [`bots/${name}.ts`, text])))
    .folder;

const goOn = (folder: string) => writeFileSync(path.join(folder, 'go-on'), '');

/** Everything that is stored about the playground, as the next start finds it. */
async function playgroundOf(
  folder: string,
): Promise<{ written: string[]; reactions: string[]; pending: boolean }> {
  const testGroup = await TestGroup.in(folder, 'Playground');
  const texts = await testGroup.texts();
  const reactions = await Promise.all(texts.map(({ id }) => testGroup.app.store.reactions.of(id)));
  return {
    written: await testGroup.written(),
    reactions: reactions.flat().map(({ reaction }) => reaction),
    pending: await testGroup.app.store.jobs.pending('messenger-bots'),
  };
}

describe('a process that is killed in the middle of a handler', () => {
  test('leaves a database with which the next one finishes, and nothing is done twice', async () => {
    const folder = workspaceOf({
      A: exactBot('A', 'hi', posting("'before'")),
      B: exactBot('B', 'hi', steps),
      C: exactBot('C', 'hi', posting("'after'")),
    });
    const killed = new Simulation(folder);
    killed.type('hi');
    killed.type('hi again');
    await killed.until({ event: 'reaction' });
    expect(await killed.kill('SIGKILL')).toMatchObject({ signal: 'SIGKILL', stderr: '' });
    goOn(folder);
    const next = new Simulation(folder);
    expect(await next.end()).toMatchObject({ code: 0, stderr: '' });
    expect(killed.answers).toEqual(['before', 'one']);
    expect(next.answers).toEqual(['two', 'after']);
    expect(await playgroundOf(folder)).toEqual({
      written: [
        'Ada: hi',
        'PlaygroundBot: before',
        'PlaygroundBot: one',
        'PlaygroundBot: two',
        'PlaygroundBot: after',
      ],
      reactions: [':wave:'],
      pending: false,
    });
  });

  test('keeps the cooldown that had begun', async () => {
    const folder = workspaceOf({ B: exactBot('B', 'hi', steps) });
    const killed = new Simulation(folder);
    killed.type('/detach b');
    killed.type('/attach b cooldown=900');
    killed.type('hi');
    await killed.until({ event: 'reaction' });
    await killed.kill('SIGKILL');
    goOn(folder);
    const next = new Simulation(folder);
    next.type('hi');
    await next.end();
    expect(next.answers).toEqual(['two']);
  });

  test('is noticed by another process in the same folder, which goes on with all that waits', async () => {
    const folder = workspaceOf({ B: exactBot('B', 'hi', steps) });
    writeFileSync(path.join(folder, 'messenger.config.mjs'), 'export default { bots: { enabled: true } };');
    const killed = new Simulation(folder);
    killed.type('hi');
    await killed.until({ event: 'reaction' });
    const testGroup = await TestGroup.in(folder, 'Playground');
    await testGroup.send('Bob', 'hi');
    goOn(folder);
    await killed.kill('SIGKILL');
    await testGroup.app.queue.idle();
    expect(await testGroup.written()).toEqual([
      'Ada: hi',
      'PlaygroundBot: one',
      'Bob: hi',
      'PlaygroundBot: two',
      'PlaygroundBot: one',
      'PlaygroundBot: two',
    ]);
  });
});

describe('an app that is closed in the middle of a handler', () => {
  test('interrupts what does not end in time; the next one finishes, and nothing is done twice', async () => {
    const waiting = steps.replace(blocked, waitingAtLatch('exactly-once'));
    const testGroup = await TestGroup.alone({ 'B.ts': exactBot('B', 'hi', waiting) });
    const action = await testGroup.attach('b', { cooldown: 900 });
    const reacted = testGroup.next('ReactionAdded');
    const { id } = await testGroup.send('Ada', 'hi');
    await reacted;
    await testGroup.restart({
      'B.ts': exactBot('B', 'hi', steps.replace(blocked, "await this.composer().message('waiting');")),
    });
    await testGroup.app.queue.idle();
    expect(await testGroup.written()).toEqual([
      'Ada: hi',
      'LoungeBot: one',
      'LoungeBot: waiting',
      'LoungeBot: two',
    ]);
    expect((await testGroup.app.store.runs.ofMessage(id)).get(action.id)).toMatchObject({
      status: 'handled',
      attempts: 1,
    });
  });
});

/** How the life of a process ends, by what a handler in it does. */
const deaths = [
  ['is killed', "process.kill(process.pid, 'SIGKILL');", /ended by SIGKILL/],
  ['aborts', 'process.abort();', /ended by SIGABRT/],
  ['is ended by a signal of its own', "process.kill(process.pid, 'SIGSEGV');", /ended by SIGSEGV/],
] as const;

/** Counts its starts, posts, and does something so many times. */
const lastWords = (deed: string, times: number) => `
  const fs = await import('node:fs');
  fs.appendFileSync(new URL('../starts', import.meta.url), '.');
  await this.composer().message('last words');
  if (fs.readFileSync(new URL('../starts', import.meta.url), 'utf8').length <= ${times}) { ${deed} }
  await this.composer().message('lived on');`;

const startsIn = (testGroup: TestGroup): number =>
  readFileSync(path.join(testGroup.workspace.folder, 'starts'), 'utf8').length;

describe('a handler whose process dies', () => {
  async function open(deed: string, times: number) {
    const bots = {
      'A.ts': exactBot('A', 'hi', posting("'before'")),
      'Deadly.ts': exactBot('Deadly', 'hi', lastWords(deed, times)),
      'Z.ts': exactBot('Z', 'hi', posting("'after'")),
    };
    const testGroup = await TestGroup.alone(bots, { isolation: 'process' });
    for (const handler of ['a', 'deadly', 'z']) await testGroup.attach(handler, { cooldown: 900 });
    return testGroup;
  }

  test.each(deaths)('every time it %s fails after three starts; all others go on', async (_, deed, how) => {
    const testGroup = await open(deed, Number.POSITIVE_INFINITY);
    const failures = testGroup.collect('BotActionFailed');
    expect(await testGroup.watch('Ada', 'hi')).toEqual([
      'says before',
      'handled a',
      'says last words',
      'failed deadly HANDLER_KEPT_CRASHING',
      'says after',
      'handled z',
    ]);
    const [{ error } = {}] = failures;
    expect(error?.message).toMatch(
      /^Deadly was started 3 times, and each time its process crashed while it ran nothing else\./,
    );
    expect(error?.message).toMatch(how);
    expect(startsIn(testGroup)).toBe(3);
    // Only its own cooldown is released.
    expect(await testGroup.say('Ada', 'hi')).toEqual(['last words']);
  });

  test('twice answers at its third start, repeats nothing, and warns of it', async () => {
    const testGroup = await open("process.kill(process.pid, 'SIGKILL');", 2);
    const warnings = testGroup.collect('BotActionWarned');
    expect(await testGroup.say('Ada', 'hi')).toEqual(['before', 'last words', 'lived on', 'after']);
    expect(startsIn(testGroup)).toBe(3);
    expect(warnings.map(({ warning }) => warning.code)).toEqual(['HANDLER_KILLED']);
  });

  test('and is started anew in every attempt to retry it', async () => {
    const testGroup = await open("process.kill(process.pid, 'SIGKILL');", 5);
    await testGroup.watch('Ada', 'hi');
    const [failed] = await listFailedRuns(testGroup.app, 1);
    await retryRun(testGroup.app, failed?.id ?? '');
    await testGroup.app.queue.idle();
    expect(startsIn(testGroup)).toBe(6);
    expect((await testGroup.written()).slice(1)).toEqual([
      'LoungeBot: before',
      'LoungeBot: last words',
      'LoungeBot: after',
      'LoungeBot: lived on',
    ]);
  });

  test('is not started again where its bot was switched off meanwhile', async () => {
    const off = "process.kill(process.pid, 'SIGKILL');";
    const testGroup = await open(off, Number.POSITIVE_INFINITY);
    testGroup.app.events.on('NewMessage', ({ message }) => {
      if (message.body === 'last words') void testGroup.change('update bots set enabled = 0');
    });
    const stopped = testGroup.collect('BotActionStopped');
    await testGroup.watch('Ada', 'hi');
    expect(stopped.map(({ reason }) => reason)).toEqual(['disabled']);
    expect(startsIn(testGroup)).toBe(1);
  });
});

test('a daemon that is killed more often than a handler may die counts no start', async () => {
  const folder = workspaceOf({ B: exactBot('B', 'hi', steps) });
  const first = new Simulation(folder);
  first.type('hi');
  await first.until({ event: 'reaction' });
  await first.kill('SIGKILL');
  for (let start = 2; start <= 4; start++) {
    const again = new Simulation(folder);
    await again.until({ event: 'typing' });
    await again.kill('SIGKILL');
    expect(again.answers).toEqual([]);
  }
  goOn(folder);
  const last = new Simulation(folder);
  expect(await last.end()).toMatchObject({ code: 0, stderr: '' });
  expect(last.answers).toEqual(['two']);
});
