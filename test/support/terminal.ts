import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { stripVTControlCharacters } from 'node:util';
import { onTestFinished } from 'vitest';

/** A run of tests that is killed leaves nothing behind: the terminal goes with whoever looks at it. */
const dieWithUs = [';', 'set-option', '-g', 'destroy-unattached', 'on'];

/** A real terminal: tmux runs a command in it and tells, line by line, what appears on it. Closed at the end. */
export class Terminal {
  readonly #tmux: ChildProcess;
  readonly #socket = `messenger-${randomUUID()}`;
  readonly #waiting = new Set<() => void>();
  /** Everything that was written on it. */
  written = '';

  constructor(folder: string, command: string) {
    const size = ['-x', '100', '-y', '30'];
    this.#tmux = spawn(
      'tmux',
      ['-u', '-L', this.#socket, '-f', '/dev/null', '-C', 'new-session', ...size, command, ...dieWithUs],
      { cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' } },
    );
    const ended = new Promise((resolve) => this.#tmux.once('close', resolve));
    onTestFinished(async () => {
      this.#tmux.stdin?.end('kill-server\n');
      await ended;
    });
    if (this.#tmux.stdout === null) throw new Error('tmux has no output');
    createInterface({ input: this.#tmux.stdout }).on('line', (line) => this.#read(line));
    void ended.then(() => this.#tell());
  }

  /** Types a text, or a key by its name: `Enter`, `C-c`. */
  type(...keys: Array<{ text: string } | string>): void {
    for (const key of keys) {
      const words = typeof key === 'string' ? key : `-l "${key.text.replace(/["\\$]/g, '\\$&')}"`;
      this.#tmux.stdin?.write(`send-keys ${words}\n`);
    }
  }

  /** Resolves once a text stands on it, colours and cursor movements aside; behind the place given where one is. */
  async until(text: string, from = 0): Promise<number> {
    for (;;) {
      const place = this.shown.indexOf(text, from);
      if (place >= 0) return place + text.length;
      if (this.#tmux.exitCode !== null)
        throw new Error(`it closed before ${JSON.stringify(text)}: ${this.written}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** What was written on it, without colours and cursor movements. */
  get shown(): string {
    return stripVTControlCharacters(this.written);
  }

  /** tmux writes control characters and backslashes as three octal digits. */
  #read(line: string): void {
    const [, output] = /^%output %\d+ (.*)$/s.exec(line) ?? [];
    if (output === undefined) return;
    this.written += output.replace(/\\(\d{3})/g, (_, digits: string) =>
      String.fromCharCode(Number.parseInt(digits, 8)),
    );
    this.#tell();
  }

  #tell(): void {
    for (const tell of this.#waiting) tell();
    this.#waiting.clear();
  }
}
