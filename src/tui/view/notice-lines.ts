import type { State, Toast } from '../state/state.ts';
import type { Draft } from '../state/unsent.ts';
import { cutLine, type Line, line, lines, lineText, lineWidth } from '../text/line.ts';
import { cut, safeLine, widthOf } from '../text/width.ts';
import { editorLines, windowAround } from './editor-lines.ts';

const tones = { good: 'good', bad: 'bad', plain: 'strong' } as const;

/** The rows above the prompt: notices, and what the prompt is in the middle of. Neither hides the other. */
export function noticeLines(state: State): Line[] {
  const { columns, rows } = state.size;
  const own = [
    ...completionLines(state, columns),
    ...draftLines(state.draft, columns),
    ...searchLines(state, columns),
  ];
  const room = Math.max(1, Math.floor(rows / 3) - own.length);
  return [...toastLines(state.toasts, columns, room), ...own];
}

/** The newest notice, and the newest error if it is another one. An error has its rows first. */
function toastLines(toasts: readonly Toast[], width: number, room: number): Line[] {
  const newest = toasts.at(-1);
  const error = toasts.findLast(({ tone }) => tone === 'bad');
  const errorRows = error ? wrapped(error, width, room) : [];
  if (newest === undefined || newest === error) return errorRows;
  return [...errorRows, ...wrapped(newest, width, Math.max(error ? 0 : 1, room - errorRows.length))];
}

/** A notice in as many rows as there is room for. The log has the rest of an error. */
function wrapped({ text, tone }: Toast, width: number, room: number): Line[] {
  const style = tones[tone];
  const all = lines(safeLine(text), width, style, ' ');
  if (all.length <= room || room === 0) return all.slice(0, room);
  const end = tone === 'bad' ? '… F4: log' : '…';
  const last = lineText(all[room - 1] ?? []);
  return [
    ...all.slice(0, room - 1),
    line(`${cut(last, width - end.length - 1).replace(/…$/, '')} ${end}`, style),
  ];
}

/** The choices of Tab around the one that is shown, in one row. */
function completionLines({ completion }: State, width: number): Line[] {
  if (completion === null) return [];
  const shown = completion.choices.map((choice, place) =>
    place === completion.index ? `[${safeLine(choice)}]` : safeLine(choice),
  );
  const lead = ' Tab: ';
  const room = width - lead.length - 4;
  let first = completion.index;
  let taken = widthOf(shown[first] ?? '');
  while (first > 0 && taken + widthOf(shown[first - 1] ?? '') + 2 <= room) {
    first--;
    taken += widthOf(shown[first] ?? '') + 2;
  }
  const before = first > 0 ? '… ' : '';
  return [line(cut(lead + before + shown.slice(first).join('  '), width), 'faint')];
}

function draftLines(draft: Draft, width: number): Line[] {
  if (draft === null) return [];
  const end = ' · Esc: cancel';
  const about = ` ${draft.kind === 'reply' ? 'Reply to' : 'Change'} ${safeLine(draft.about)}`;
  return [line(cut(about, width - end.length) + end, 'quote')];
}

function searchLines({ search }: State, width: number): Line[] {
  if (search === null) return [];
  const lead: Line = [{ text: ' Search: ', style: 'key' }];
  const [query] = editorLines(search.query, true, 1);
  const end: Line = search.failed ? [{ text: ' · nothing else', style: 'bad' }] : [];
  const room = Math.max(4, width - lineWidth(lead) - lineWidth(end));
  return [cutLine([...lead, ...(query ? windowAround(query, room) : []), ...end], width)];
}
