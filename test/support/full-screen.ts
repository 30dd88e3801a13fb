import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { onTestFinished } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';

const run = promisify(execFile);

/** `messenger simulate` in a real terminal of a size; what is asked of it is what a person would see. */
export class FullScreen {
  readonly #socket = `messenger-${randomUUID()}`;

  static async open(
    folder: string,
    name: string,
    [columns, rows]: readonly [number, number] = [80, 24],
    env = '',
  ): Promise<FullScreen> {
    const screen = new FullScreen();
    const simulate = `'${process.execPath}' '${packageFile('bin/messenger.js')}' simulate --as ${name}`;
    const command = `cd '${folder}'; ${env} ${simulate}; echo left with $?; exec cat`;
    onTestFinished(async () => {
      await screen.#tmux('kill-server').catch(() => {});
    });
    await screen.#tmux('new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, command);
    return screen;
  }

  /** What stands on it now. */
  async shown(): Promise<string> {
    return this.#tmux('capture-pane', '-p');
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

  /** Types a line and sends it. */
  async say(line: string): Promise<void> {
    await this.type(line);
    // What is typed is seen before it is sent, as a person would.
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

  async #tmux(...words: string[]): Promise<string> {
    const env = { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', NO_COLOR: '' };
    const { stdout } = await run('tmux', ['-u', '-L', this.#socket, '-f', '/dev/null', ...words], { env });
    return stdout;
  }
}
