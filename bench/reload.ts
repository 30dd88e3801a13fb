/**
 * Milliseconds from saving a handler until its new code is live, in a workspace with one handler and in one with 300.
 * Beside it, in turns, runs the least that this costs: a compiler that is loaded compiles the same file, and a thread
 * that waits imports the result.
 *
 * `npm run bench -- reload [saves]`
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openApp } from '../src/app.ts';
import { findWorkspace } from '../src/config/workspace.ts';
import { watchWorkspace } from '../src/daemon/reload.ts';
import { botSource, posting } from '../test/support/bot-source.ts';
import { compileAhead } from '../test/support/compile-ahead.ts';
import { median, quantile, table } from './support/figures.ts';
import { ImportFloor } from './support/import-floor.ts';

const saves = Number(process.argv[2] ?? 15);
/** Milliseconds between two saves, in which the next spare worker starts. */
const rest = 300;

const source = (name: string, text: string) => botSource(name, posting(JSON.stringify(text)));

/** A watched workspace with so many handlers, one of which is saved. */
async function openWatched(handlers: number) {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-bench-'));
  mkdirSync(path.join(folder, 'bots'));
  const fileOf = (name: string) => path.join(folder, 'bots', `${name}.ts`);
  for (let number = 1; number <= handlers; number++)
    writeFileSync(fileOf(`Bot${number}`), source(`Bot${number}`, 'first'));
  compileAhead(folder);
  const workspace = findWorkspace(folder);
  const app = await openApp({ workspace });
  const watching = await watchWorkspace({ workspace, app, onError: console.error });
  /** Saves a handler; returns the milliseconds until that is live. */
  const save = async (text: string): Promise<number> => {
    const live = new Promise<void>((resolve) => {
      const stop = app.events.on('HandlersReloaded', () => {
        stop();
        resolve();
      });
    });
    const saved = performance.now();
    writeFileSync(fileOf('Bot1'), source('Bot1', text));
    await live;
    return performance.now() - saved;
  };
  const close = async () => {
    await watching.close();
    await app.close();
    rmSync(folder, { recursive: true });
  };
  return { save, close };
}

async function measure(handlers: number) {
  const watched = await openWatched(handlers);
  const floor = new ImportFloor();
  await pause(rest);
  // The first save loads the compiler, here and there.
  const first = await watched.save('loads the compiler');
  await floor.run(source('Bot1', 'loads the compiler'));
  const [times, floors]: number[][] = [[], []];
  for (let round = 1; round <= saves; round++) {
    await pause(rest);
    times?.push(await watched.save(`round ${round}`));
    await pause(rest);
    floors?.push(await floor.run(source('Bot1', `round ${round}`)));
  }
  floor.close();
  await watched.close();
  return { first, times, floor: median(floors) };
}

const shown = (milliseconds: number): string => milliseconds.toFixed(0);
const row = async (handlers: number) => {
  const { first, times, floor } = await measure(handlers);
  const ratio = (median(times) / floor).toFixed(1);
  return [
    String(handlers),
    shown(floor),
    shown(median(times)),
    ratio,
    shown(quantile(times, 0.9)),
    shown(first),
  ];
};
console.log(
  table([
    ['handlers', 'compiled and imported', 'saved to live, median', 'ratio', '90%', 'first save'],
    await row(1),
    await row(300),
  ]),
);
