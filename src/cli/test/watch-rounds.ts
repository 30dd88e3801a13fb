import { messageOf } from '../../base/errors.ts';
import { watchFiles } from '../../config/watch.ts';
import type { Workspace } from '../../config/workspace.ts';
import { transcriptEnding } from '../../transcripts/find-transcripts.ts';
import { aborted } from '../interrupt.ts';
import { printLine, printWarning } from '../print.ts';
import { printProblem } from '../problems.ts';

/** What a result may depend on. Reports and logs are written into the workspace, too. */
const isRelevant = /\.(?:chat\.yaml|http\.yaml|[cm]?[jt]sx?|json|env)$/;

/**
 * Runs a round of tests, and again whenever a file of the workspace is saved: only the transcripts that were saved, or
 * all if it was anything else.
 *
 * @param round takes the transcripts to test, all if undefined
 */
export async function watchRounds(
  { folder }: Workspace,
  round: (changed?: readonly string[]) => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const next = (changed?: readonly string[]) => {
    last = last.then(async () => {
      if (signal.aborted) return;
      await round(changed).catch((error) => printWarning(`Error: ${messageOf(error)}`));
      if (!signal.aborted) printLine('Waiting for changes. Ctrl+C ends.');
    });
  };
  const onChange = (files: string[]) => {
    const relevant = files.filter((file) => isRelevant.test(file));
    const transcripts = relevant.filter((file) => file.endsWith(transcriptEnding));
    if (relevant.length > 0) next(transcripts.length === relevant.length ? transcripts : undefined);
  };
  const watch = await watchFiles(folder, [folder], onChange, printProblem);
  try {
    next();
    await aborted(signal);
    await last;
  } finally {
    await watch.close();
  }
}
