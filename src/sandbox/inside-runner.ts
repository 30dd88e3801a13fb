import { FileRunner } from './file-runner.ts';
import { withRunner } from './inside-errors.ts';
import { type Output, withOutput } from './inside-output.ts';
import { type GivenModules, Loader } from './loader.ts';
import { Printing } from './printing.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

/** Starts what runs a file inside this process. Returns how it receives messages. */
export function startInside(
  workspace: string,
  given: GivenModules,
  send: (message: FromWorker) => void,
): (message: ToWorker) => void {
  const output: Output = { stdout: { write: () => true }, stderr: { write: () => true } };
  const loader = Loader.inside(workspace, given);
  const printing = new Printing((message) => send({ ...message, token: runner.lastToken }));
  printing.capture(output.stdout);
  printing.capture(output.stderr);
  const runner = new FileRunner({ workspace, loader, send, finishPrinting: () => printing.finish() });
  send({ type: 'ready' });
  return (message) => withRunner(runner, () => withOutput(output, () => runner.receive(message)));
}
