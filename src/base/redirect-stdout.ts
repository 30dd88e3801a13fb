const { stdout, stderr } = process;
let depth = 0;
let write = stdout.write;

/**
 * Does some work of which nothing may come out on standard output, where a command's own answer goes: what is
 * printed meanwhile goes to standard error.
 */
export async function sparingStandardOutput<Result>(work: () => Promise<Result>): Promise<Result> {
  // Of several at once the first turns it round, and the last one back.
  if (depth++ === 0) {
    write = stdout.write;
    Object.assign(stdout, { write: stderr.write.bind(stderr) });
  }
  try {
    return await work();
  } finally {
    if (--depth === 0) Object.assign(stdout, { write });
  }
}
