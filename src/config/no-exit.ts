import { AsyncLocalStorage } from 'node:async_hooks';

const names = ['exit', 'reallyExit', 'abort'] as const;

/** What code that is being loaded was refused first. */
interface Loading {
  refused?: Error;
}

const loading = new AsyncLocalStorage<Loading>();
let depth = 0;
let restore: Array<() => void> = [];

/**
 * Loads what may call `process.exit()`, and lets that be an error: it would end the whole messenger. What others call
 * meanwhile, such as at a second Ctrl+C, does what it does otherwise.
 *
 * @throws what `load` throws, or an Error that says so, also where the code has caught it
 */
export async function withoutExit<Result>(load: () => Promise<Result>): Promise<Result> {
  // Of several at once the first puts the refusal in place, and the last one takes it away.
  if (depth++ === 0) restore = names.map(refuseLoading);
  const state: Loading = {};
  const { exitCode } = process;
  try {
    const result = await loading.run(state, load);
    if (state.refused === undefined) return result;
  } catch (error) {
    throw state.refused ?? error;
  } finally {
    if (--depth === 0) for (const give of restore) give();
    process.exitCode = exitCode;
  }
  throw state.refused;
}

/** Refuses a way to end the process to code that is being loaded; returns what undoes that. */
function refuseLoading(name: (typeof names)[number]): () => void {
  const before = Object.getOwnPropertyDescriptor(process, name);
  const end: (...words: unknown[]) => unknown = Reflect.get(process, name);
  const value = (code?: unknown) => {
    const state = loading.getStore();
    if (state === undefined) return Reflect.apply(end, process, code === undefined ? [] : [code]);
    state.refused ??= new Error(
      `it calls process.${name}(${code ?? ''}), which would end messenger itself; throw an Error instead`,
    );
    throw state.refused;
  };
  Object.defineProperty(process, name, { value, configurable: true, writable: true });
  return () => before && Object.defineProperty(process, name, before);
}
