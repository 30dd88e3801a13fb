const { stdout, stderr } = process;
let depth = 0;
let write = stdout.write;

/**
 * Runs work that must not print to standard output, which is reserved for the command's own output. Anything
 * printed meanwhile goes to standard error.
 */
export async function withRedirectedStdout<Result>(work: () => Promise<Result>): Promise<Result> {
  // When calls overlap, the first redirects and the last one restores.
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
