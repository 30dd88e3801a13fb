/**
 * Loads what may call `process.exit()`, and lets that be an error: it would end the whole messenger.
 *
 * @throws what `load` throws, or an Error that says so, also where the code has caught it
 */
export async function withoutExit<Result>(load: () => Promise<Result>): Promise<Result> {
  const names = ['exit', 'reallyExit', 'abort'] as const;
  let refused: Error | undefined;
  const restore = names.map((name) => {
    const before = Object.getOwnPropertyDescriptor(process, name);
    const refuse = (code?: unknown) => {
      refused ??= new Error(
        `it calls process.${name}(${code ?? ''}), which would end messenger itself; throw an Error instead`,
      );
      throw refused;
    };
    Object.defineProperty(process, name, { value: refuse, configurable: true, writable: true });
    return () => before && Object.defineProperty(process, name, before);
  });
  const { exitCode } = process;
  try {
    return await load();
  } finally {
    for (const give of restore) give();
    process.exitCode = exitCode;
    if (refused) throwRefused(refused);
  }
}

function throwRefused(refused: Error): never {
  throw refused;
}
