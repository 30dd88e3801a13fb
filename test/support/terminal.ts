import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';

/** Nobody waits longer than this for what should stand on a terminal. */
const patience = 60_000;

/** A run of tests that is killed leaves nothing behind: the terminal goes with whoever looks at it. */
const dieWithUs = [';', 'set-option', '-g', 'destroy-unattached', 'on'];

interface Reply {
  resolve: (lines: string[]) => void;
  reject: (error: Error) => void;
}

/**
 * A real terminal with a command in it: tmux runs it, tells what is written on it (tmux's control mode), and draws
 * what a person would see.
 */
export class Terminal {
  readonly #tmux: ChildProcess;
  readonly #ended: Promise<void>;
  readonly #replies: Reply[] = [];
  #reply: { end: string; lines: string[] } | undefined;
  #isOpen = true;
  #resolve = () => {};
  /** Resolves when something happens next. */
  #happened = Promise.resolve();
  /** Everything that was written on it. */
  #written = '';

  /** @param size columns and rows */
  constructor(command: string, [columns, rows]: readonly [number, number], folder?: string) {
    const env = { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', NO_COLOR: '' };
    const place = ['-u', '-L', `messenger-${randomUUID()}`, '-f', '/dev/null'];
    const session = ['new-session', '-x', `${columns}`, '-y', `${rows}`, command, ...dieWithUs];
    this.#tmux = spawn('tmux', [...place, '-C', ...session], { cwd: folder, env });
    this.#tell();
    // Both commands of the start are answered like any other.
    for (let start = 0; start < 2; start++) this.#replies.push({ resolve: () => {}, reject: () => {} });
    if (this.#tmux.stdout === null) throw new Error('tmux has no output');
    createInterface({ input: this.#tmux.stdout }).on('line', (line) => this.#read(line));
    this.#ended = new Promise((resolve) => {
      this.#tmux.once('close', () => {
        this.#isOpen = false;
        this.#tell();
        for (const { reject } of this.#replies.splice(0)) reject(new Error('The terminal is closed.'));
        resolve();
      });
    });
  }

  /** What was written on it since it was opened, without colours and cursor movements. */
  get written(): string {
    return stripVTControlCharacters(this.#written);
  }

  /** How many bytes were written on it since it was opened. */
  get bytes(): number {
    return Buffer.byteLength(this.#written);
  }

  /** Whether a sequence of characters was written on it, control characters too. */
  wrote(sequence: string): boolean {
    return this.#written.includes(sequence);
  }

  /** Resolves once a text was written on it, behind the place given where one is, with the place behind the text. */
  async untilWritten(text: string, from = 0): Promise<number> {
    await this.#until(
      async () => this.written.includes(text, from),
      () => `${JSON.stringify(text)} was not written on the terminal:\n${this.written.slice(from)}`,
    );
    return this.written.indexOf(text, from) + text.length;
  }

  /** What stands on it now. */
  async shown(): Promise<string> {
    return (await this.#ask('capture-pane -p')).join('\n');
  }

  /** What stands on it now, and what has scrolled out of it. */
  async scrollback(): Promise<string> {
    return (await this.#ask('capture-pane -p -S -')).join('\n');
  }

  /** Where its cursor is, as `column,row` from 0; null while it is hidden. */
  async cursor(): Promise<string | null> {
    const [place = ''] = await this.#ask("display-message -p '#{cursor_flag} #{cursor_x},#{cursor_y}'");
    return place.startsWith('1 ') ? place.slice(2) : null;
  }

  /** What stands on it now, with the escape sequences for colours. */
  async shownInColour(): Promise<string> {
    return (await this.#ask('capture-pane -e -p')).join('\n');
  }

  /** What stands on it once a text does, or once it fits. */
  async until(expected: string | ((shown: string) => boolean | Promise<boolean>)): Promise<string> {
    const fits = typeof expected === 'string' ? (text: string) => text.includes(expected) : expected;
    let shown = '';
    await this.#until(
      async () => {
        shown = await this.shown();
        return await fits(shown);
      },
      () => `${expected} does not stand on the terminal:\n${shown}`,
    );
    return shown;
  }

  /** Presses keys by their names: `Enter`, `C-c`, `M-Up`. */
  async press(...keys: string[]): Promise<void> {
    await this.#ask(`send-keys ${keys.join(' ')}`);
  }

  /** Types a text. */
  async type(text: string): Promise<void> {
    await this.#ask(`send-keys -l ${quoted(text)}`);
  }

  /** Types a line, sees it, and sends it. */
  async say(line: string): Promise<void> {
    await this.type(line);
    await this.until((shown) => shown.includes(line.slice(-20)));
    await this.press('Enter');
  }

  /** Sends bytes as they are. */
  async send(...bytes: number[]): Promise<void> {
    await this.#ask(`send-keys -H ${bytes.map((byte) => byte.toString(16)).join(' ')}`);
  }

  /** Pastes a text as terminals do where a program asked to be told. */
  async paste(text: string): Promise<void> {
    await this.#ask(`set-buffer ${quoted(text)}`);
    await this.#ask('paste-buffer -p');
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#ask(`resize-window -x ${columns} -y ${rows}`);
  }

  /** Whether it shows the terminal's other screen. */
  async isOnOtherScreen(): Promise<boolean> {
    return (await this.#ask("display-message -p '#{alternate_on}'"))[0] === '1';
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    this.#tmux.stdin?.end('kill-server\n');
    await this.#ended;
  }

  /** Waits for a fact; looks again whenever something happened on the terminal. */
  async #until(isSo: () => Promise<boolean>, missing: () => string): Promise<void> {
    const settled = new AbortController();
    const late = setTimeout(patience, true, { signal: settled.signal }).catch(() => true);
    try {
      for (;;) {
        // Taken before the look: what happens during it calls for another one.
        const happened = this.#happened.then(() => false);
        if (await isSo()) return;
        if (!this.#isOpen || (await Promise.race([late, happened]))) throw new Error(missing());
      }
    } finally {
      settled.abort();
    }
  }

  /** What tmux answers to one of its commands. */
  #ask(command: string): Promise<string[]> {
    if (!this.#isOpen) return Promise.reject(new Error('The terminal is closed.'));
    return new Promise((resolve, reject) => {
      this.#replies.push({ resolve, reject });
      this.#tmux.stdin?.write(`${command}\n`);
    });
  }

  /** A line of tmux's control mode: part of an answer (between `%begin` and `%end`), or what happened. */
  #read(line: string): void {
    if (this.#reply !== undefined) {
      this.#readReply(this.#reply, line);
      return;
    }
    const [, name, rest = ''] = /^%(\S+) ?(.*)$/s.exec(line) ?? [];
    if (name === 'begin') {
      this.#reply = { end: rest, lines: [] };
      return;
    }
    if (name === 'output') this.#written += unescaped(rest.slice(rest.indexOf(' ') + 1));
    this.#tell();
  }

  #readReply({ end, lines }: { end: string; lines: string[] }, line: string): void {
    if (line !== `%end ${end}` && line !== `%error ${end}`) {
      lines.push(line);
      return;
    }
    this.#reply = undefined;
    const reply = this.#replies.shift();
    if (line.startsWith('%end')) reply?.resolve(lines);
    else reply?.reject(new Error(`tmux: ${lines.join('\n')}`));
  }

  #tell(): void {
    this.#resolve();
    this.#happened = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }
}

/** tmux writes control characters and backslashes as three octal digits. */
const unescaped = (output: string): string =>
  output.replace(/\\(\d{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

/** A text as one word of tmux's command language. */
const quoted = (text: string): string => `"${text.replace(/["\\$]/g, '\\$&').replaceAll('\n', '\\n')}"`;
