import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { commandLine, shellWord } from '../../base/command-line.ts';
import { createError } from '../../base/errors.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { parseParameters } from '../../domain/parameters.ts';
import { type Finding, writeTranscript } from '../../fuzz/transcript.ts';
import { printReport } from '../fuzz/report.ts';
import { fileExists, saveNew } from '../fuzz/save.ts';
import { type ClassFound, searchIn } from '../fuzz/search.ts';
import { onInterrupt } from '../interrupt.ts';
import { exitCodes } from '../report.ts';
import { wholeNumber } from '../whole-number.ts';

interface Options {
  runs: number;
  seed?: number;
  path?: string;
  maxReplies: number;
  save?: string;
  json?: boolean;
}

/** `messenger fuzz HelloBot` */
export const define = (command: Command): Command =>
  command
    .argument('<handler>', 'class name, alias or file of the handler')
    .argument('[parameters...]', 'as for attach: a JSON object, or words like cooldown=30')
    .option('--runs <number>', 'how many chats to play', wholeNumber(1, 1_000_000), 100)
    .option('--seed <number>', 'repeat the random choices of an earlier search', wholeNumber(0, 0x7fff_ffff))
    .option('--path <path>', 'with --seed: go straight to what that search found', parsePath)
    .option('--max-replies <number>', 'how many messages may answer one message', wholeNumber(0, 1_000), 5)
    .option('--save <file>', 'where to save the chat that breaks a rule; by default HelloBot.fuzz.chat.yaml')
    .option('--json', 'print what was found as JSON')
    .addHelpText(
      'after',
      `
Plays chats with the handler: texts around its triggers, random people, and times around its cooldown. No run may
fail or miss its deadline, no action may run during a cooldown, no bot may answer a bot, and one message may get only
so many replies. A chat that breaks a rule is made as small as possible and saved as a transcript. Nothing is sent to
the network, and the database is not changed. Exits with 1 if a rule was broken.

Example:
  $ messenger fuzz HelloBot
  $ messenger fuzz reply '{"match":"contains","triggers":["help"],"replies":["Ask away!"]}' --runs 500`,
    )
    .action(fuzz);

function parsePath(text: string): string {
  if (/^\d+(?::\d+)*$/.test(text)) return text;
  throw new InvalidArgumentError('It must be numbers with colons, as it was printed before.');
}

async function fuzz(handler: string, words: readonly string[], options: Options): Promise<void> {
  const { runs, seed = randomInt(0x7fff_ffff), path, maxReplies, save, json = false } = options;
  const given = words.length > 0 ? parseParameters(words) : undefined;
  if (save !== undefined && existsSync(save)) throw fileExists(save);
  if (path !== undefined && options.seed === undefined)
    throw createError(
      'WRONG_USE',
      '--path belongs to a seed. Add --seed with the number that was printed with it.',
    );
  const workspace = findWorkspace(process.cwd());
  const end = new AbortController();
  const release = onInterrupt(() => end.abort());
  try {
    const search = { handler, given, maxReplies, runs, seed, path, signal: end.signal };
    const found = await searchIn({ workspace, ...search });
    const finding = findingOf(found, maxReplies);
    const saved =
      finding && saveFinding(finding, { folder: workspace.folder, className: found.class, file: save });
    const again = againLine({ handler, words, seed, path: found.path });
    printReport({ ...found, seed, finding, saved, again, isInterrupted: end.signal.aborted }, json);
    if (finding) process.exitCode ??= exitCodes.failed;
  } finally {
    release();
  }
}

function findingOf(
  { failure, handler, params, class: name }: ClassFound,
  maxReplies: number,
): Finding | null {
  const violation = failure?.violation;
  if (!failure || !violation) return null;
  return { title: `${name}: ${violation.message}`, handler, params, played: failure, violation, maxReplies };
}

function saveFinding(
  finding: Finding,
  place: Parameters<typeof saveNew>[1],
): { file: string; command: string } {
  const file = saveNew(writeTranscript(finding), place);
  // Inside the process of a test, nothing could end a handler that runs in a loop.
  const isolation = finding.violation.rule === 'deadline' ? ' --isolation thread' : '';
  return { file, command: commandLine(`test ${shellWord(file)}${isolation}`) };
}

/** The command that finds the same chat again. */
function againLine(search: {
  handler: string;
  words: readonly string[];
  seed: number;
  path: string | null;
}): string {
  const path = search.path === null ? '' : ` --path ${search.path}`;
  return commandLine(
    `fuzz ${[search.handler, ...search.words].map(shellWord).join(' ')} --seed ${search.seed}${path}`,
  );
}
