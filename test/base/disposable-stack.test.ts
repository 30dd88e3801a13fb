import { expect, test } from 'vitest';
import { DisposableStack } from '../../src/base/disposable-stack.ts';

/** Things to close that write down when they begin to close and when they are done. */
function makeLog() {
  const log: string[] = [];
  const thing = (name: string, problem?: string) => ({
    name,
    async close() {
      log.push(`${name} closes`);
      await new Promise((resolve) => setImmediate(resolve));
      if (problem !== undefined) throw new Error(problem);
      log.push(`${name} closed`);
    },
  });
  return { log, thing };
}

test('what is added is given back', () => {
  const { thing } = makeLog();
  const store = thing('store');
  expect(new DisposableStack().use(store)).toBe(store);
});

test('closing runs backwards, one after the other', async () => {
  const { log, thing } = makeLog();
  const disposables = new DisposableStack();
  disposables.use(thing('store'));
  disposables.defer(() => log.push('between'));
  disposables.use(thing('queue'));
  await disposables.dispose();
  expect(log).toEqual(['queue closes', 'queue closed', 'between', 'store closes', 'store closed']);
});

test('a thing is closed as the thing it is', async () => {
  const disposables = new DisposableStack();
  class Counter {
    #closed = 0;
    close() {
      this.#closed++;
    }
    get closed() {
      return this.#closed;
    }
  }
  const counter = disposables.use(new Counter());
  await disposables.dispose();
  expect(counter.closed).toBe(1);
});

test('closing twice closes once, and both wait for the end', async () => {
  const { log, thing } = makeLog();
  const disposables = new DisposableStack();
  disposables.use(thing('store'));
  const ends = ['first', 'second'].map((name) => disposables.dispose().then(() => log.push(`${name} call`)));
  await Promise.all(ends);
  await disposables.dispose();
  expect(log).toEqual(['store closes', 'store closed', 'first call', 'second call']);
});

test('a closing that fails stops no other, and the first failure is thrown at the end', async () => {
  const { log, thing } = makeLog();
  const disposables = new DisposableStack();
  disposables.use(thing('store'));
  disposables.use(thing('queue', 'the queue is stuck'));
  disposables.defer(() => {
    log.push('server closes');
    throw new Error('the server is stuck');
  });
  await expect(disposables.dispose()).rejects.toThrow('the server is stuck');
  expect(log).toEqual(['server closes', 'queue closes', 'store closes', 'store closed']);
});

test('a second call throws the same failure', async () => {
  const disposables = new DisposableStack();
  disposables.defer(() => Promise.reject(new Error('stuck')));
  const calls = await Promise.allSettled([disposables.dispose(), disposables.dispose()]);
  expect(calls).toEqual(Array(2).fill({ status: 'rejected', reason: new Error('stuck') }));
});

test('a failure that is no Error, even nothing at all, is a failure', async () => {
  const disposables = new DisposableStack();
  disposables.defer(() => Promise.reject(undefined));
  const [outcome] = await Promise.allSettled([disposables.dispose()]);
  expect(outcome).toEqual({ status: 'rejected', reason: undefined });
});

test('what is added while the others close is closed too', async () => {
  const { log, thing } = makeLog();
  const disposables = new DisposableStack();
  disposables.use(thing('store'));
  disposables.defer(() => void disposables.use(thing('late')));
  await disposables.dispose();
  expect(log).toEqual(['late closes', 'late closed', 'store closes', 'store closed']);
});

test('nothing to close is closed at once', async () => {
  await expect(new DisposableStack().dispose()).resolves.toBeUndefined();
});
