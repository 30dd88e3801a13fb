import { chatLines, type Finding } from '../../fuzz/transcript.ts';
import { printJson } from '../json.ts';
import { printLine } from '../print.ts';
import { counted, truncate } from '../text.ts';
import type { ClassFound } from './search.ts';

/** How a search ended. */
export interface SearchReport extends ClassFound {
  seed: number;
  isInterrupted: boolean;
  /** Null if no rule was broken. */
  finding: Finding | null;
  /** The file that the chat was saved to, and the command that plays it. */
  saved: { file: string; command: string } | null;
  /** The command that finds it again. */
  again: string;
}

/** The most characters of a line of the chat that are shown. */
const maxLine = 200;

/** Prints what a search has found, the chat as a conversation. */
export function printReport(report: SearchReport, json: boolean): void {
  const { class: name, chats, seed, finding, isInterrupted, obstacles } = report;
  if (json) {
    printJson(reportJson(report));
    return;
  }
  const count = `${isInterrupted ? 'stopped after ' : ''}${counted(chats, 'chat')}`;
  if (finding === null) printLine(`${name}: ${count}, no rule broken (seed ${seed}).`);
  else printFinding(report, finding);
  for (const obstacle of obstacles) printLine(`Some chats ended early: ${obstacle}`);
}

function printFinding({ class: name, chats, saved, again }: SearchReport, finding: Finding): void {
  const { message, at } = finding.violation;
  const lines = chatLines(finding, 0).map((line) => line.replace(/^- /, '').split('\n').join('\n  '));
  printLine(`${name} broke a rule in chat ${chats}. The smallest chat that does:\n`);
  for (const line of lines) printLine(`  ${truncate(line, maxLine)}`);
  printLine(`  ✗ ${message}${at === null ? '' : ` (${at})`}\n`);
  if (saved) printLine(`Saved to ${saved.file}. "${saved.command}" plays it and fails until it is fixed.`);
  printLine(`To find it again: ${again}`);
}

const reportJson = (report: SearchReport) => ({
  class: report.class,
  handler: report.handler,
  params: report.params,
  chats: report.chats,
  interrupted: report.isInterrupted,
  seed: report.seed,
  path: report.path,
  failure: report.finding && failureJson(report.finding),
  saved: report.saved?.file ?? null,
  obstacles: report.obstacles,
});

const failureJson = ({ violation, played }: Finding) => ({
  rule: violation.rule,
  message: violation.message,
  code: violation.code,
  at: violation.at,
  seed: played.seed,
  chat: played.steps.map(({ after, by, text, answers }) => ({ after, by, text, answers })),
  later: played.later,
});
