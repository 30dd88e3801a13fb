import { expect, test, vi } from 'vitest';
import { cancelRun, runningInThread } from '../../../src/services/answering/cancel-run.ts';
import { explainMessage } from '../../../src/services/explaining/explain-message.ts';
import { exactBot, posting } from '../../support/bot-source.ts';
import { inThread, TestGroup } from '../../support/test-group.ts';

const retrying = 'static override readonly retries = 2;';
const bots = {
  'Loop.ts': exactBot('Loop', 'loop', "await this.composer().message('begun'); for (;;) {}", {
    members: retrying,
  }),
  'Fail.ts': exactBot('Fail', 'fail', "throw new Error('no');", { members: retrying }),
  'Echo.ts': exactBot('Echo', 'hi', posting("'hello'")),
};

async function open() {
  const testGroup = await TestGroup.open(bots, { ...inThread, timeout: 600_000 });
  for (const alias of ['loop', 'fail', 'echo']) await testGroup.attach(alias);
  const user = await testGroup.person('Ada');
  const { app, thread } = testGroup;
  const verdictOf = async (message: { id: string }) => {
    const found = await app.store.messages.find(message.id);
    if (found === undefined) throw new Error('The message is gone.');
    const { actions } = await explainMessage(app, { thread, user, message: found });
    return actions.find(({ run }) => run !== null);
  };
  /** Sends a message to the handler that loops, and returns it once that has begun. */
  const loops = async () => {
    const begun = new Promise<void>((resolve) => {
      app.events.on('NewMessage', ({ message }) => message.body === 'begun' && resolve());
    });
    const asked = await testGroup.send('Ada', 'loop');
    await begun;
    return asked;
  };
  return { loops, testGroup, app, thread, user, verdictOf };
}

test('a handler in a loop is ended, is not run again, and the messages behind it go on', async () => {
  const { loops, testGroup, app, thread, user, verdictOf } = await open();
  const asked = await loops();
  await testGroup.send('Ada', 'hi');
  const [running] = await runningInThread(app, thread, user);
  expect(running).toMatchObject({ handler: 'loop', timeout: 600_000, message: { body: 'loop' } });
  await cancelRun(app, { thread, user, id: running?.id ?? '' });
  await app.queue.idle();
  expect((await testGroup.texts()).map(({ body }) => body)).toEqual(['loop', 'begun', 'hi', 'hello']);
  expect(await verdictOf(asked)).toMatchObject({ verdict: 'cancelled', run: { attempts: 1 } });
  expect(await runningInThread(app, thread, user)).toEqual([]);
});

test('a handler that another process has cancelled is ended', async () => {
  const { loops, testGroup, app, verdictOf } = await open();
  const asked = await loops();
  await testGroup.change("update runs set reason = 'cancelled' where status = 'running'");
  await app.queue.idle();
  expect(await verdictOf(asked)).toMatchObject({ verdict: 'cancelled' });
});

test('a handler that waits to be tried again is not', async () => {
  const { testGroup, app, thread, user, verdictOf } = await open();
  const asked = await testGroup.send('Ada', 'fail');
  const waiting = await vi.waitFor(async () => {
    const verdict = await verdictOf(asked);
    expect(verdict?.verdict).toBe('waiting_for_retry');
    return verdict;
  });
  await cancelRun(app, { thread, user, id: waiting?.run?.id ?? '' });
  testGroup.clock.advance(3_600_000);
  await app.queue.idle();
  expect(await verdictOf(asked)).toMatchObject({ verdict: 'cancelled', run: { attempts: 1 } });
});

test.each(['nonsense', '0190b3a0-0000-7000-8000-000000000000'])('%s is no run', async (id) => {
  const { app, thread, user } = await open();
  await expect(cancelRun(app, { thread, user, id })).rejects.toMatchObject({ code: 'NOT_LOCATED' });
});
