import { AsyncLocalStorage } from 'node:async_hooks';

type Stream = Pick<NodeJS.WritableStream, 'write'>;

/** Where code prints instead of to the streams of its process. */
export type Output = Readonly<Record<'stdout' | 'stderr', Stream>>;

const outputs = new AsyncLocalStorage<Output>();

/** Our replacements of `write`, which must not be replaced again. */
const routed = new WeakSet<Stream['write']>();

/** Does work whose code prints to these streams, even in a timer that fires long after it. */
export function withOutput<Result>(output: Output, work: () => Result): Result {
  route('stdout');
  route('stderr');
  return outputs.run(output, work);
}

function route(name: keyof Output): void {
  const stream: Stream = process[name];
  const direct: (...chunk: never) => boolean = stream.write;
  if (routed.has(stream.write)) return;
  const write = (...chunk: never): boolean => {
    const own: Stream | undefined = outputs.getStore()?.[name];
    return own === undefined ? direct.apply(stream, chunk) : own.write(...(chunk as [string]));
  };
  routed.add(write);
  Object.assign(stream, { write });
}
