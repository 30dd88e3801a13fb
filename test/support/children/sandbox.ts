import path from 'node:path';
import { Sandbox } from '../../../src/sandbox/sandbox.ts';

/*
 * A process that loads a file in a process of its own, and passes on what is printed there.
 */
const [file = ''] = process.argv.slice(2);
const sandbox = new Sandbox({
  workspace: path.dirname(file),
  isolation: 'process',
  threads: 1,
  timeout: 600_000,
  loadTimeout: 600_000,
  memory: 64,
  onOutput: (_, line) => process.send?.(line),
});
await sandbox.describe([file]);
