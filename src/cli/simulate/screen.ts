import type { Interface } from 'node:readline';
import { type EventLine, formatLine } from '../../simulate/event-lines.ts';
import { outputLines } from '../problems.ts';

/** Prints the simulation: plain lines, JSON lines, or lines above a prompt. */
export class Screen {
  /** Whether any printed line was a failure of a handler, a file or a command. */
  hasFailed = false;
  /** Whether the output of handlers is hidden. */
  hidesOutput = false;
  /** Whether a knock rings the bell of the terminal. */
  rings = false;
  readonly #json: boolean;
  #input: Interface | undefined;
  #promptText = () => '';

  constructor(json: boolean) {
    this.#json = json;
  }

  /** Prints an event. A visible prompt moves below it and keeps its text. */
  print(line: EventLine): void {
    this.hasFailed ||= line.event === 'failed' || line.event === 'error';
    if (line.event === 'knock' && this.rings && process.stdout.isTTY) process.stdout.write('\u0007');
    this.#write(process.stdout, this.#json ? JSON.stringify(line) : formatLine(line));
  }

  /** Prints the output of a handler, separate from events. */
  printOutput(handler: string, text: string): void {
    if (this.hidesOutput) return;
    for (const line of outputLines(handler, text)) this.#write(process.stderr, line);
  }

  /** Shows a prompt from now on. `text` is called each time. */
  promptWith(input: Interface, text: () => string): void {
    this.#input = input;
    this.#promptText = text;
    this.prompt();
  }

  /** Shows the prompt again and keeps its text. */
  prompt(): void {
    this.#input?.setPrompt(this.#promptText());
    this.#input?.prompt(true);
  }

  /** Stops showing the prompt. */
  endPrompt(): void {
    this.#input = undefined;
  }

  #write(stream: NodeJS.WriteStream, text: string): void {
    if (this.#input) process.stdout.write('\r\u001b[J');
    stream.write(`${text}\n`);
    this.prompt();
  }
}
