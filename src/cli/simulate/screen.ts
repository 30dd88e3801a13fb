import type { Interface } from 'node:readline';
import { outputLines } from '../problems.ts';
import { type FeedLine, readable } from './feed.ts';

/** Where the simulation is printed: plain lines, JSON lines, or lines above a prompt. */
export class Screen {
  /** Whether something of what was printed had failed: a handler, a file, a command. */
  hasFailed = false;
  readonly #json: boolean;
  #input: Interface | undefined;
  #promptText = () => '';

  constructor(json: boolean) {
    this.#json = json;
  }

  /** Prints what happened. A prompt on the screen moves below it, with what is typed so far. */
  print(line: FeedLine): void {
    this.hasFailed ||= line.event === 'failed' || line.event === 'error';
    this.#write(process.stdout, this.#json ? JSON.stringify(line) : readable(line));
  }

  /** Prints what a handler has printed itself, apart from what happened. */
  printOutput(handler: string, text: string): void {
    for (const line of outputLines(handler, text)) this.#write(process.stderr, line);
  }

  /** Shows a prompt from here on; its text is asked for each time. */
  promptWith(input: Interface, text: () => string): void {
    this.#input = input;
    this.#promptText = text;
    this.prompt();
  }

  /** Shows the prompt again, with what is typed so far. */
  prompt(): void {
    this.#input?.setPrompt(this.#promptText());
    this.#input?.prompt(true);
  }

  /** Shows no prompt any more. */
  endPrompt(): void {
    this.#input = undefined;
  }

  #write(stream: NodeJS.WriteStream, text: string): void {
    if (this.#input) process.stdout.write('\r\u001b[J');
    stream.write(`${text}\n`);
    this.prompt();
  }
}
