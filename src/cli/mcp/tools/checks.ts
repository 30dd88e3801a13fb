import path from 'node:path';
import { z } from 'zod';
import { createError } from '../../../base/errors.ts';
import { parseSpan, spanExamples } from '../../../base/span.ts';
import { matchMethods } from '../../../domain/match.ts';
import { backtest as backtestOf } from '../../../services/backtesting/backtest.ts';
import { groupNamed } from '../../../services/users/people.ts';
import { openEngine } from '../../../testing/engine.ts';
import { findTranscripts } from '../../../transcripts/find-transcripts.ts';
import { runTranscripts as run } from '../../../transcripts/run-transcripts.ts';
import { backtestLines } from '../../backtest-lines.ts';
import { backtestJson, lintJson } from '../../json.ts';
import { lintLines, lintWorkspace } from '../../linting.ts';
import { printOutput, reportProblems } from '../../problems.ts';
import { whileReading } from '../../reading.ts';
import { resultLines, resultsJson } from '../../test/print-results.ts';
import { assertInside } from '../inside.ts';
import { defineTool } from '../tool.ts';

export const runTranscripts = defineTool({
  name: 'run_transcripts',
  title: 'Run transcripts',
  description:
    'Plays transcripts (*.chat.yaml) with the handlers of bots/, each in a group, a database and a time of its own, and shows where bots did something else than is written: "-" was expected, "+" was found. Changes nothing.',
  effect: 'reads',
  input: {
    files: z
      .array(z.string())
      .default(['.'])
      .describe('Transcripts, or folders with them, relative to the workspace. By default all of it.'),
    name: z.string().optional().describe('Only transcripts whose title or path contains this.'),
  },
  run: async ({ workspace, signal }, { files, name }) => {
    const found = findTranscripts(files.map((file) => assertInside(workspace, file)));
    const place = files.map((file) => (file === '.' ? 'the workspace' : file)).join(', ');
    if (found.length === 0) throw createError('TRANSCRIPTS_MISSING', place);
    // A link among the files of a folder may lead out of the workspace, too.
    const transcripts = found.map((file) => ({
      file,
      shown: path.relative(assertInside(workspace, '.'), assertInside(workspace, file)),
    }));
    const engine = await openEngine({ workspace, isolation: 'thread', library: true, onOutput: printOutput });
    try {
      reportProblems(engine);
      const results = await run(engine, transcripts, { name, signal });
      if (results.length === 0 && !signal.aborted)
        throw createError('TRANSCRIPTS_MISSING', `${place} whose title or path contains "${name ?? ''}"`);
      const data = resultsJson(results);
      const counts = `${data.passed} passed, ${data.failed} failed.`;
      return { data, text: [...results.flatMap(resultLines), counts].join('\n') };
    } finally {
      await engine.close();
    }
  },
});

export const lint = defineTool({
  name: 'lint',
  title: 'Check the workspace',
  description:
    'Finds triggers that can never fire or answer nearly everything, messages that several handlers answer, files that do not load, aliases taken twice, packages that cannot be installed and keys that are missing, each with a message that shows it. Changes nothing.',
  effect: 'reads',
  input: {},
  run: async ({ workspace }) => {
    const report = await lintWorkspace(workspace);
    return { data: lintJson(report), text: lintLines(report).join('\n') };
  },
});

export const backtest = defineTool({
  name: 'backtest',
  title: 'Try triggers on old messages',
  description:
    'Says on which stored messages a handler or an action would fire with other triggers or another match method, and on which it would stop firing, with samples. Without triggers and match, the file as it is now is compared with what fired at the time. Changes nothing.',
  effect: 'reads',
  input: {
    handler: z.string().describe('Alias or class name of a handler, or the id of an action.'),
    triggers: z.array(z.string().min(1)).min(1).optional().describe('The triggers to try.'),
    match: z.enum(matchMethods).optional().describe('The match method to try.'),
    thread: z.string().optional().describe('Name or id of the group. By default all groups.'),
    since: z.string().optional().describe(`Only messages that are not older than this, ${spanExamples}.`),
    samples: z.int().min(0).max(1_000).default(3).describe('How many messages of each kind to return.'),
  },
  run: ({ workspace }, { handler: name, triggers, match, thread, since, samples }) => {
    const within = since === undefined ? undefined : spanOf(since);
    return whileReading(workspace, async (app) => {
      const group = thread === undefined ? undefined : await groupNamed(app, thread);
      const report = await backtestOf(app, {
        name,
        change: { match, triggers },
        thread: group,
        within,
        samples,
      });
      return { data: backtestJson(report), text: backtestLines(report).join('\n') };
    });
  },
});

/** @throws WRONG_USE */
function spanOf(text: string): number {
  const span = parseSpan(text);
  if (span !== undefined) return span;
  throw createError('WRONG_USE', `"${text}" is not a span of time, ${spanExamples}.`);
}
