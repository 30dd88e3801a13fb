import { spawn } from 'node:child_process';
import path from 'node:path';
import { expect, inject } from 'vitest';
import { type Outcome, outcome } from '../support/messenger.ts';
import { type AtEnd, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** A user's project with the packed package in it, installed by npm under the Node that runs this. */
export class Project {
  private constructor(
    readonly folder: string,
    /** What npm said. */
    readonly installing: string,
  ) {}

  static async create(atEnd: AtEnd, manifest: object, packages: readonly string[] = []): Promise<Project> {
    const folder = temporaryFolder(atEnd);
    writeFiles(folder, { 'package.json': JSON.stringify({ private: true, ...manifest }) });
    const words = ['install', '--no-audit', '--no-fund', inject('tarball'), ...packages];
    const { code, stdout, stderr } = await run('npm', words, folder);
    expect(code, stderr).toBe(0);
    return new Project(folder, stdout + stderr);
  }

  /** Runs a script of the project's packages, or one of its own, to its end. */
  node(words: readonly string[], input = '', folder = this.folder): Promise<Outcome> {
    return run(process.execPath, words, folder, input);
  }

  /** Runs the installed command line; what Node itself says when it aborts is told by a signal. */
  messenger(words: readonly string[], input = '', flags: readonly string[] = []): Promise<Outcome> {
    return this.node([...flags, this.file('node_modules/messenger-bots/bin/messenger.js'), ...words], input);
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  write(files: Record<string, string>): void {
    writeFiles(this.folder, files);
  }
}

/** `npm` is a script for whichever `node` comes first. */
const withThisNode = `${path.dirname(process.execPath)}${path.delimiter}${process.env.PATH}`;

function run(program: string, words: readonly string[], folder: string, input = ''): Promise<Outcome> {
  const env = { ...process.env, NO_COLOR: '1', PATH: withThisNode };
  const child = spawn(program, words, { cwd: folder, env });
  child.stdin.end(input);
  return outcome(child);
}
