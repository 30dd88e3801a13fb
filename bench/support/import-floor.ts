import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { createJiti, type Jiti } from 'jiti';
import { packageFile } from '../../src/base/package-file.ts';

/** Loads what every handler imports, then imports the one file that it is sent. */
const importer = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { createJiti } = require(workerData.compiler);
  import(workerData.library).then((library) => {
    const jiti = createJiti(workerData.file, {
      fsCache: workerData.cache,
      virtualModules: { 'messenger-bots': library },
    });
    parentPort.on('message', async (file) => parentPort.postMessage(Object.keys(await jiti.import(file))));
    parentPort.postMessage('ready');
  });
`;

/** The least that a saved handler costs: a loaded compiler compiles it, and a thread that waits imports it. */
export class ImportFloor {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'messenger-floor-'));
  readonly #file = path.join(this.#folder, 'Bot.ts');
  readonly #compiler: Jiti = createJiti(this.#file, { fsCache: this.#folder });

  /** Saves a file; returns the milliseconds until it is imported. */
  async run(source: string): Promise<number> {
    const thread = new Worker(importer, {
      eval: true,
      workerData: {
        cache: this.#folder,
        compiler: createRequire(import.meta.url).resolve('jiti'),
        file: this.#file,
        library: packageFile('dist/index.js'),
      },
    });
    await once(thread, 'message');
    const saved = performance.now();
    writeFileSync(this.#file, source);
    this.#compiler.transform({ filename: this.#file, source, ts: true, async: true });
    thread.postMessage(this.#file);
    await once(thread, 'message');
    const milliseconds = performance.now() - saved;
    await thread.terminate();
    return milliseconds;
  }

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
