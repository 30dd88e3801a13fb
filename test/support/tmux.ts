import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A real terminal with a command in it, and what a person would see on it. */
export class Tmux {
  readonly #socket = `messenger-${randomUUID()}`;
  /** What stood on it when it was looked at last. */
  last = '';

  async start(command: string, [columns, rows]: readonly [number, number]): Promise<void> {
    await this.#tmux('new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, command);
  }

  /** What stands on it now. */
  async shown(): Promise<string> {
    this.last = await this.#tmux('capture-pane', '-p');
    return this.last;
  }

  /** What stands on it once a text does, or once it fits. */
  async until(expected: string | ((shown: string) => boolean)): Promise<string> {
    const fits = typeof expected === 'string' ? (text: string) => text.includes(expected) : expected;
    for (;;) {
      const shown = await this.shown();
      if (fits(shown)) return shown;
    }
  }

  /** Presses keys by their names: `Enter`, `C-c`, `M-Up`. */
  async press(...keys: string[]): Promise<void> {
    await this.#tmux('send-keys', ...keys);
  }

  /** Types a text. */
  async type(text: string): Promise<void> {
    await this.#tmux('send-keys', '-l', text);
  }

  /** Types a line, sees it, and sends it. */
  async say(line: string): Promise<void> {
    await this.type(line);
    await this.until((shown) => shown.includes(line.slice(-20)));
    await this.press('Enter');
  }

  /** Pastes a text as terminals do where a program asked to be told. */
  async paste(text: string): Promise<void> {
    await this.#tmux('set-buffer', text);
    await this.#tmux('paste-buffer', '-p');
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`);
  }

  /** Whether it shows the terminal's other screen. */
  async isOnOtherScreen(): Promise<boolean> {
    return (await this.#tmux('display-message', '-p', '#{alternate_on}')).trim() === '1';
  }

  async close(): Promise<void> {
    await this.#tmux('kill-server').catch(() => {});
  }

  async #tmux(...words: string[]): Promise<string> {
    const env = { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', NO_COLOR: '' };
    const { stdout } = await run('tmux', ['-u', '-L', this.#socket, '-f', '/dev/null', ...words], { env });
    return stdout;
  }
}
