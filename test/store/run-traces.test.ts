import { expect, test } from 'vitest';
import { TraceRecorder } from '../../src/domain/run-trace.ts';
import { aMessage, aRun, seed } from '../support/records.ts';
import { openStore } from '../support/stores.ts';

const traceOf = (line: string) => {
  const recorder = new TraceRecorder(() => 7);
  recorder.print(line);
  return recorder.trace();
};

test('the last trace of a run is kept', async () => {
  const store = await openStore();
  const { thread } = await seed(store);
  const message = await store.messages.insert(aMessage({ threadId: thread.id }));
  const [run, other] = [aRun({ messageId: message.id }), aRun({ messageId: message.id })];
  await store.runs.insert([run, other]);
  await store.runTraces.save(run.id, traceOf('first'));
  await store.runTraces.save(run.id, traceOf('second'));
  const traces = await store.runTraces.ofRuns([run.id, other.id]);
  expect([...traces]).toEqual([[run.id, traceOf('second')]]);
});

test('only the traces of the latest runs are kept', async () => {
  const store = await openStore();
  const { thread } = await seed(store);
  const message = await store.messages.insert(aMessage({ threadId: thread.id }));
  const runs = Array.from({ length: 10_100 }, () => aRun({ messageId: message.id }));
  await store.runs.insert(runs);
  await store.transaction(async ({ runTraces }) => {
    for (const { id } of runs) await runTraces.save(id, traceOf(''));
  });
  const [first, last] = [runs[0]?.id ?? '', runs.at(-1)?.id ?? ''];
  expect([...(await store.runTraces.ofRuns([first, last])).keys()]).toEqual([last]);
});
