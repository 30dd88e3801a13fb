/**
 * Milliseconds from saving a handler until it is live, watching and all. Asked for: less than 150 at the median.
 *
 * `npm run bench -- reload [saves]`
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openApp } from '../src/app.ts';
import { findWorkspace } from '../src/config/workspace.ts';
import { watchWorkspace } from '../src/daemon/reload.ts';
import { quantile } from './support/figures.ts';

const rounds = Number(process.argv[2] ?? 30);
/** Between two saves, so that the next spare thread is there: more on a busy machine. */
const pause = Number(process.argv[3] ?? 300);
const folder = mkdtempSync(path.join(tmpdir(), 'messenger-bench-'));
const file = path.join(folder, 'bots', 'Echo.ts');

const source = (text: string) => `import { BotActionHandler } from 'messenger-bots';
export class Echo extends BotActionHandler {
  static override getSettings() {
    return { alias: 'echo', description: '${text}', name: 'Echo' };
  }
  handle() {}
}
`;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

mkdirSync(path.dirname(file));
writeFileSync(file, source('first'));
const workspace = findWorkspace(folder);
const app = await openApp({ workspace });
const watching = await watchWorkspace({ workspace, app, onError: (error) => console.error(error) });
const times: number[] = [];
for (let round = 0; round < rounds; round++) {
  const live = new Promise<void>((resolve) => {
    const stop = app.events.on('HandlersReloaded', () => {
      stop();
      resolve();
    });
  });
  const saved = performance.now();
  writeFileSync(file, source(`round ${round}`));
  await live;
  times.push(performance.now() - saved);
  if (round % 100 === 50) {
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    console.log(`after ${round}: heap ${megabytes(heapUsed)}, RSS ${megabytes(rss)}`);
  }
  await new Promise((resolve) => setTimeout(resolve, pause));
}
const at = (share: number): number => Math.round(quantile(times, share));
console.log(`save to live: median ${at(0.5)} ms, 90% ${at(0.9)} ms, ${rounds} rounds`);
await watching.close();
await app.close();
rmSync(folder, { recursive: true });
