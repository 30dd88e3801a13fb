import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { killMarked, killTree, markerVariable } from '../../src/base/process-tree.ts';

/** The processes with a marker that run. */
function marked(marker: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      const isZombie = readFileSync(`/proc/${name}/stat`, 'utf8').includes(') Z ');
      return !isZombie && readFileSync(`/proc/${name}/environ`, 'utf8').includes(marker);
    } catch {
      return false;
    }
  });
}

const patience = { timeout: 10_000 };

/** A Node process that runs a script, says `ready`, and goes on. */
async function start(script: string) {
  const marker = randomUUID();
  const program = `const { spawn, execSync, exec } = require('node:child_process'); ${script}; console.log('ready'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', program], {
    env: { ...process.env, [markerVariable]: marker },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const gone = once(child, 'exit');
  onTestFinished(() => void killMarked(marker));
  await once(child.stdout, 'data');
  return { pid: child.pid ?? 0, marker, gone };
}

const starts: ReadonlyArray<[what: string, script: string]> = [
  ['a child', "spawn('sleep', ['1000'])"],
  ['a detached child', "spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' }).unref()"],
  ['what a shell leaves behind', "execSync('sleep 1000 >/dev/null 2>&1 &')"],
  ['a double fork in a session of its own', "execSync('(setsid sleep 1000 >/dev/null 2>&1 &) &')"],
  ['a tree', "exec('sleep 1000 & (sleep 1000; true) & wait')"],
];

describe.skipIf(process.platform !== 'linux')('what a worker has started', () => {
  test.each(starts)('%s is ended by its marker', async (_, script) => {
    const { marker, gone } = await start(script);
    expect(marked(marker).length).toBeGreaterThan(1);
    expect(killMarked(marker)).toBeGreaterThan(1);
    await gone;
    // The system may take a moment to remove those that were ended.
    await expect.poll(() => marked(marker), patience).toEqual([]);
    expect(killMarked(marker)).toBe(0);
  });

  test('a call that waits for a child process ends with it', async () => {
    const { pid, marker, gone } = await start("console.log('ready'); execSync('sleep 1000')");
    killTree(pid);
    await gone;
    killMarked(marker);
    await expect.poll(() => marked(marker), patience).toEqual([]);
  });

  test('a tree without a marker is ended from its root, with what has a group of its own', async () => {
    const { pid, marker, gone } = await start(
      "spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' }).unref()",
    );
    expect(marked(marker)).toHaveLength(2);
    killTree(pid);
    await gone;
    await expect.poll(() => marked(marker), patience).toEqual([]);
  });

  test('a marker that only begins alike ends nothing', async () => {
    const { marker } = await start('');
    expect(killMarked(marker.slice(0, -1))).toBe(0);
    expect(marked(marker)).toHaveLength(1);
  });
});
