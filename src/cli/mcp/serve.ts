import { Writable } from 'node:stream';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { withRedirectedStdout } from '../../base/redirect-stdout.ts';
import type { Workspace } from '../../config/workspace.ts';
import { onInterrupt } from '../interrupt.ts';
import { createServer } from './server.ts';

/**
 * Serves the tools on standard input and output until the input ends or a signal arrives. Calls that were received
 * before the input ends are answered. Standard output carries only the protocol: whatever else prints to it prints
 * to standard error.
 */
export async function serveTools(workspace: Workspace): Promise<void> {
  const protocol = protocolOutput();
  await withRedirectedStdout(async () => {
    const end = new AbortController();
    const release = onInterrupt(() => end.abort());
    const { server, idle } = createServer({ workspace, signal: end.signal });
    try {
      const ended = inputEnd(end.signal);
      await server.connect(new StdioServerTransport(process.stdin, protocol));
      await ended;
      await idle();
    } finally {
      await server.close();
      process.stdin.destroy();
      release();
    }
  });
  // Being asked to stop is not a failure of a server.
  process.exitCode = 0;
}

/** Standard output as it is now, before it is redirected. */
function protocolOutput(): Writable {
  const write = process.stdout.write.bind(process.stdout);
  const output = new Writable({ write: (chunk, _, done) => void write(chunk, done) });
  // The client has gone. That of standard output itself is handled where all commands handle it.
  return output.on('error', () => {});
}

/** Resolves when standard input ends, or on a signal. */
const inputEnd = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    for (const name of ['end', 'close', 'error']) process.stdin.once(name, () => resolve());
    signal.addEventListener('abort', () => resolve());
  });
