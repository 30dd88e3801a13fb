import { AsyncLocalStorage } from 'node:async_hooks';

const names = ['exit', 'reallyExit', 'abort'] as const;

/** The first rejected call of the code that is being loaded. */
interface Loading {
  rejected?: Error;
}

const loading = new AsyncLocalStorage<Loading>();
let depth = 0;
let restore: Array<() => void> = [];

/**
 * Loads code in which `process.exit()` throws, since it would end the whole messenger. Calls by other code,
 * such as at a second Ctrl+C, still work.
 *
 * @throws what `load` throws, or an Error for a rejected exit, even if the code has caught it
 */
export async function withoutExit<Result>(load: () => Promise<Result>): Promise<Result> {
  // When loads overlap, the first installs the replacement and the last one removes it.
  if (depth++ === 0) restore = names.map(throwWhileLoading);
  const state: Loading = {};
  const { exitCode } = process;
  try {
    const result = await loading.run(state, load);
    if (state.rejected === undefined) return result;
  } catch (error) {
    throw state.rejected ?? error;
  } finally {
    if (--depth === 0) for (const undo of restore) undo();
    process.exitCode = exitCode;
  }
  throw state.rejected;
}

/** Makes a way to end the process throw in code that is being loaded; returns a function that undoes it. */
function throwWhileLoading(name: (typeof names)[number]): () => void {
  const original = Object.getOwnPropertyDescriptor(process, name);
  const originalExit: (...words: unknown[]) => unknown = Reflect.get(process, name);
  const value = (code?: unknown) => {
    const state = loading.getStore();
    if (state === undefined) return Reflect.apply(originalExit, process, code === undefined ? [] : [code]);
    state.rejected ??= new Error(
      `it calls process.${name}(${code ?? ''}), which would end messenger itself; throw an Error instead`,
    );
    throw state.rejected;
  };
  Object.defineProperty(process, name, { value, configurable: true, writable: true });
  return () => original && Object.defineProperty(process, name, original);
}
