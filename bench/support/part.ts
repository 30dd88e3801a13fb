import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A part of a benchmark that runs in a process of its own, and answers one question after the other. */
export class Part<Question extends object, Answer> {
  readonly #process: ChildProcess;

  /** Starts the benchmark again with an argument that says which part it is, or starts another file. */
  constructor(argument: string, file = process.argv[1] ?? '') {
    this.#process = fork(file, [argument], { execArgv: [] });
    this.#process.once('exit', (code) => {
      if (code) process.exit(code);
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  async ask(question: Question): Promise<Answer> {
    this.#process.send(question);
    const [answer] = await once(this.#process, 'message');
    return answer;
  }

  /** Ends the process, which exits when nobody can ask any more. */
  stop(): void {
    this.#process.disconnect();
  }
}

/** Answers the questions of the benchmark, in the process of a part. */
export function answerQuestions<Question, Answer>(answer: (question: Question) => Promise<Answer>): void {
  process.on('message', async (question: Question) => process.send?.(await answer(question)));
  process.on('disconnect', () => process.exit());
}
