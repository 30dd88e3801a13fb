import { describe, expect, test } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../../support/latch.ts';
import { rowsOf } from '../../support/stores.ts';
import { TestGroup } from '../../support/test-group.ts';

/** Fails so many times, counting in a file, and then answers. */
const failing = (times: number) => `
  const fs = await import('node:fs');
  const file = new URL('../tried', import.meta.url);
  const tried = (fs.existsSync(file) ? Number(fs.readFileSync(file, 'utf8')) : 0) + 1;
  fs.writeFileSync(file, String(tried));
  await this.composer().message('step one');
  if (tried <= ${times}) throw new Error('no ' + tried);
  await this.composer().message('done at ' + tried);`;

const retrying = (retries: number, times: number) =>
  exactBot('Act', 'hi', failing(times), { members: `static override readonly retries = ${retries};` });

/** Sends "hi" to a handler and gives what tells its run. */
async function open(retries: number, times: number, params: Record<string, unknown> = {}) {
  const testGroup = await TestGroup.alone({
    'Act.ts': retrying(retries, times),
    'Echo.ts': exactBot('Echo', 'hello', posting("'hello'")),
  });
  const action = await testGroup.attach('act', params);
  const failed = testGroup.collect('BotActionFailed');
  const { id } = await testGroup.send('Ada', 'hi');
  const run = async () => (await testGroup.app.store.runs.ofMessage(id)).get(action.id);
  return {
    testGroup,
    action,
    failed,
    run,
    rests: async () =>
      (await testGroup.app.store.cooldowns.endings([action.id], testGroup.clock.now())).size === 1,
    waits: (attempts: number) =>
      expect.poll(run, { timeout: 60_000 }).toMatchObject({ status: 'waiting', attempts }),
    /** Lets the time of the next attempt come. */
    later: (milliseconds: number) => {
      testGroup.clock.advance(milliseconds);
      testGroup.app.queue.wake();
    },
    /** How long it is until the next attempt, in milliseconds, once the job of the last one is done. */
    pause: async () => {
      const jobs = () =>
        rowsOf(testGroup.workspace.database, "select run_at from jobs where kind = 'retry-run'");
      await expect.poll(jobs).toHaveLength(1);
      return jobs().map((row) => Date.parse(Object(row).run_at) - testGroup.clock.milliseconds());
    },
  };
}

describe('a handler with static retries', () => {
  test('is tried again after 1, 2, 4 … seconds until it answers, and posts nothing twice', async () => {
    const { testGroup, failed, run, waits, later, pause } = await open(3, 3);
    for (const [attempt, milliseconds] of [1_000, 2_000, 4_000].entries()) {
      await waits(attempt + 1);
      expect(await run()).toMatchObject({ error: { message: `no ${attempt + 1}` } });
      expect(await pause()).toEqual([milliseconds]);
      later(milliseconds);
    }
    await testGroup.app.queue.idle();
    expect(await testGroup.written()).toEqual(['Ada: hi', 'LoungeBot: step one', 'LoungeBot: done at 4']);
    expect(await run()).toMatchObject({ status: 'handled', attempts: 4, error: null });
    expect(failed).toEqual([]);
  });

  test('has failed when the last attempt has; only then it is told, and rests no more', async () => {
    const { testGroup, failed, run, rests, waits, later } = await open(1, 9, { cooldown: 900 });
    await waits(1);
    expect([failed, await rests()]).toEqual([[], true]);
    later(1_000);
    await testGroup.app.queue.idle();
    expect(failed).toMatchObject([{ error: { message: 'no 2' } }]);
    expect(await run()).toMatchObject({ status: 'failed', attempts: 2, error: { message: 'no 2' } });
    expect(await rests()).toBe(false);
  });

  test('does not keep later messages of its thread waiting', async () => {
    const { testGroup, waits } = await open(1, 9);
    await testGroup.attach('echo');
    await waits(1);
    const answered = testGroup.next('BotActionHandled');
    await testGroup.send('Bob', 'hello');
    expect((await answered).action.handler).toBe('echo');
    expect(await testGroup.written()).toEqual([
      'Ada: hi',
      'LoungeBot: step one',
      'Bob: hello',
      'LoungeBot: hello',
    ]);
  });

  test('stays failed when its action is gone before the next attempt', async () => {
    const { testGroup, failed, run, rests, waits, later } = await open(1, 9, { cooldown: 900 });
    await waits(1);
    await testGroup.change('update bot_actions set enabled = 0');
    later(1_000);
    await testGroup.app.queue.idle();
    expect(await run()).toMatchObject({ status: 'failed', attempts: 1, error: { message: 'no 1' } });
    expect([failed, await rests()]).toEqual([[], false]);
  });

  test('is tried at most ten times more, the last ones a minute apart', async () => {
    const { testGroup, waits, later, pause } = await open(10, 99);
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 10; attempt++) {
      await waits(attempt);
      pauses.push(...(await pause()));
      later(60_000);
    }
    await testGroup.app.queue.idle();
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60].map((seconds) => seconds * 1_000));
  });

  test('goes on once when the process ends while its message is still being answered', async () => {
    const latch = newId();
    const testGroup = await TestGroup.alone({
      'Act.ts': retrying(1, 1),
      'Slow.ts': exactBot('Slow', 'hi', waitingAtLatch(latch)),
    });
    const action = await testGroup.attach('act');
    await testGroup.attach('slow');
    const waiting = new Promise<void>((resolve) => {
      testGroup.app.events.on('NewMessage', ({ message }) => message.body === 'waiting' && resolve());
    });
    const { id } = await testGroup.send('Ada', 'hi');
    await waiting;
    await testGroup.restart({ 'Slow.ts': exactBot('Slow', 'hi', posting("'quick'")) });
    const again = testGroup.next('BotActionHandled');
    await again;
    testGroup.clock.advance(1_000);
    testGroup.app.queue.wake();
    await testGroup.app.queue.idle();
    openLatch(latch);
    expect(await testGroup.written()).toEqual([
      'Ada: hi',
      'LoungeBot: step one',
      'LoungeBot: waiting',
      'LoungeBot: done at 2',
    ]);
    expect((await testGroup.app.store.runs.ofMessage(id)).get(action.id)).toMatchObject({ attempts: 2 });
  });
});
