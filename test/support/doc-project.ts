import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { packageFile } from '../../src/base/package-file.ts';
import { temporaryFolder, writeFiles } from './temporary-folder.ts';

/** What projects of authors have installed beside the product. */
const installed = ['zod', 'vitest', 'jiti'];

/** The project of a reader, who has the built package and its commands. */
export class DocProject {
  readonly #folder = temporaryFolder();
  readonly #bin = path.join(this.#folder, 'node_modules', '.bin');

  constructor() {
    mkdirSync(this.#bin, { recursive: true });
    mkdirSync(path.join(this.#folder, 'bots'));
    this.#link('messenger-bots', '.');
    for (const name of installed) this.#link(name, `node_modules/${name}`);
    this.#link('.bin/messenger', 'bin/messenger.js');
    this.#link('.bin/vitest', 'node_modules/vitest/vitest.mjs');
    this.write('package.json', JSON.stringify({ type: 'module' }));
  }

  write(file: string, text: string): void {
    writeFiles(this.#folder, { [file]: text });
  }

  /** Runs a command in a shell. Both of its outputs are one, as in a terminal. */
  run(command: string): { exitCode: number | null; output: string } {
    const { PATH, HOME } = process.env;
    const { status, stdout } = spawnSync('sh', ['-c', `exec 2>&1\n${command}`], {
      cwd: this.#folder,
      env: {
        PATH: `${this.#bin}${path.delimiter}${PATH}`,
        HOME,
        NO_COLOR: '1',
        TERM: 'dumb',
        USER: 'alice',
        LOGNAME: 'alice',
      },
      encoding: 'utf8',
      input: '',
      timeout: 60_000,
    });
    return { exitCode: status, output: stdout };
  }

  #link(name: string, target: string): void {
    symlinkSync(packageFile(target), path.join(this.#folder, 'node_modules', name));
  }
}
