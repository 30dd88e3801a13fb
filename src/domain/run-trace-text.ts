import { duration } from '../base/duration.ts';
import type { RunTrace, TraceHttpCall, TraceStep } from './run-trace.ts';

/** What each kind of step did, in words. */
const verbs: Readonly<Record<string, string>> = {
  message: 'sent',
  upload: 'sent the file',
  reaction: 'reacted',
  knock: 'knocked',
  markRead: 'marked the group as read',
  archive: 'removed messages',
  invite: 'created an invite',
  bots: 'read the bots',
  participants: 'read the participants',
  messages: 'read messages',
  documents: 'read documents',
  invites: 'read the invites',
};

function stepText({ kind, text, id, error, milliseconds }: TraceStep): string {
  if (kind === 'sleep') return `waited ${duration(Number(text))}`;
  const content = text === null ? '' : ` ${kind === 'message' ? `"${text}"` : text}`;
  const what = `${verbs[kind] ?? kind}${content}${id === null ? '' : ` (${id})`}`;
  return error === null ? `${what}, ${duration(milliseconds)}` : `${what} failed: ${error}`;
}

const httpText = ({ method, url, status, error, milliseconds }: TraceHttpCall): string =>
  `${method} ${url}: ${error ?? status ?? 'no answer'}, ${duration(milliseconds)}`;

/** What a run did, a row each: its steps and HTTP requests by the time of their start, then what it printed. */
export function traceRows({ steps, http, printed, left_out }: RunTrace): string[] {
  const done = [
    ...steps.map((step) => ({ at: step.at, text: stepText(step) })),
    ...http.map((call) => ({ at: call.at, text: httpText(call) })),
  ].sort((one, other) => one.at - other.at);
  const more = (count: number, what: string) => (count > 0 ? [`… and ${count} more ${what}`] : []);
  return [
    ...done.map(({ at, text }) => `+${duration(at)} ${text}`),
    ...more(left_out.steps + left_out.http, 'steps'),
    ...printed.map((text) => `printed | ${text}`),
    ...more(left_out.printed, 'lines'),
  ];
}
