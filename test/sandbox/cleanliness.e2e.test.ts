import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { childFile } from '../support/child-files.ts';
import { endOf, nextMessage } from '../support/children.ts';
import { clean, unclean, uncleanProcess } from '../support/cleanliness-cases.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

type Mode = 'thread' | 'process';
interface Said {
  phrase: string | null;
  /** The line of the file that is blamed; empty where that is not known. */
  frames: string;
}

/** What a worker says of each of these bodies of functions, which stand in the second line of their files. */
async function judge(mode: Mode, bodies: readonly string[]): Promise<Said[]> {
  const folder = temporaryFolder(onTestFinished);
  const names = bodies.map((_, index) => `run-${index}.mjs`);
  writeFiles(
    folder,
    Object.fromEntries(
      names.map((name, index) => [name, `export async function handle() {\n${bodies[index]}\n}`]),
    ),
  );
  const files = names.map((name) => pathToFileURL(path.join(folder, name)).href);
  execFileSync('mkfifo', [path.join(folder, 'fifo')]);
  const words = [String(await listenOnce()), ...files];
  return mode === 'thread' ? judgeInThread(words) : judgeInProcess(words);
}

/** The port of a server that answers everything. */
async function listenOnce(): Promise<number> {
  const server = createServer((_, response) => response.end('fine')).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

async function judgeInThread(words: string[]): Promise<Said[]> {
  const worker = new Worker(childFile('cleanliness'), { execArgv: [], workerData: words });
  const [said] = await once(worker, 'message');
  await once(worker, 'exit');
  return said;
}

async function judgeInProcess(words: string[]): Promise<Said[]> {
  const child = fork(childFile('cleanliness'), words, { execArgv: [], cwd: packageFile('.') });
  onTestFinished(() => void child.kill('SIGKILL'));
  const said = (await nextMessage(child)) as Said[];
  await endOf(child);
  return said;
}

describe.each<Mode>(['thread', 'process'])('in a %s', (mode) => {
  test('ordinary work leaves nothing', async () => {
    const said = await judge(
      mode,
      clean.map(([, body]) => body),
    );
    expect(clean.map(([what], index) => [what, said[index]?.phrase])).toEqual(
      clean.map(([what]) => [what, null]),
    );
  });

  test('what is left or changed is found, with its line where that can be known', async () => {
    const cases = mode === 'process' ? [...unclean, ...uncleanProcess] : unclean;
    const said = await judge(
      mode,
      cases.map(([, body]) => body),
    );
    expect(cases.map(([, body], index) => ({ body, ...said[index] }))).toEqual(
      cases.map(([phrase, body, line]) => ({ body, phrase, frames: line ? '2' : '' })),
    );
  });
});
