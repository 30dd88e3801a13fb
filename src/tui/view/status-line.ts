import { formatSpan } from '../../base/span.ts';
import { isChanged } from '../../simulate/replay-difference.ts';
import { longRuns, longRunText, shortRunText } from '../state/signs.ts';
import { myself, openThread, type State } from '../state/state.ts';
import { justified, type Line } from '../text/line.ts';
import { cut, safeLine } from '../text/width.ts';
import type { Style } from '../theme.ts';

const links: Record<State['link'], { text: string; style: Style }> = {
  connecting: { text: '◌ connecting', style: 'warning' },
  online: { text: '● daemon', style: 'good' },
  offline: { text: '○ daemon gone, reconnecting', style: 'bad' },
  closed: { text: '○ closed', style: 'faint' },
};

/** Below so many columns, what needs a person comes first: the rest may be cut off. */
const roomy = 100;
/** Below so many columns there is no room for a sentence. */
const wordy = 70;

/** The line that is always visible: the daemon, bots, queue, time, reloads, and the key for help. */
export function statusLine(state: State, now: Date, width: number): Line {
  const { status, link, reloads } = state;
  const left: Line = [
    { text: ` ${links[link].text}`, style: links[link].style },
    ...(width < roomy
      ? [...troubleOf(state, width), ...workOf(status)]
      : [...workOf(status), ...troubleOf(state, width)]),
  ];
  const more = reloads > 0 ? ` · ${reloads} reload${reloads === 1 ? '' : 's'}` : '';
  const right: Line = [
    ...replayOf(state),
    ...besideOf(state),
    ...clockOf(state, now),
    { text: `${more} · F1 help `, style: 'faint' },
  ];
  return justified(left, right, width);
}

/** Whether replays are on, and how many messages are answered otherwise. */
function replayOf({ replay: { isOn, last } }: State): Line {
  if (!isOn) return [];
  const changed = last?.messages.filter(isChanged).length ?? 0;
  return [
    {
      text: `replay${changed > 0 ? ` ${changed} changed` : ''} · `,
      style: changed > 0 ? 'warning' : 'faint',
    },
  ];
}

/** The other person in the window, and the key that leads there. */
function besideOf({ beside }: State): Line {
  if (beside === null) return [];
  if (!beside.isFocused) return [{ text: 'F6 here · ', style: 'key' }];
  const unread = beside.unread > 0 ? ` ${beside.unread}` : '';
  return [
    { text: 'F6 ', style: 'key' },
    { text: `${cut(safeLine(beside.name), 12)}`, style: 'plain' },
    { text: unread, style: 'unread' },
    { text: ' · ', style: 'faint' },
  ];
}

/** The time, and whether it is another than the real one. */
function clockOf({ clock }: State, now: Date): Line {
  const time = now.toTimeString().slice(0, 5);
  const { moved = 0, frozen = false } = clock?.state ?? {};
  const changes = [...(moved > 0 ? [`+${formatSpan(moved)}`] : []), ...(frozen ? ['frozen'] : [])];
  if (changes.length === 0) return [{ text: time, style: 'faint' }];
  return [{ text: `${time} (${changes.join(', ')})`, style: 'warning' }];
}

function workOf(status: State['status']): Line {
  if (status === null) return [];
  const { waiting, running, failed } = status.queue;
  const queue = waiting + running > 0 ? `queue ${waiting + running}` : 'idle';
  return [
    { text: ` · bots ${status.botsEnabled ? 'on' : 'off'}`, style: status.botsEnabled ? 'plain' : 'warning' },
    { text: ` · ${queue}`, style: 'faint' },
    ...(failed > 0 ? [{ text: ` · ${failed} failed`, style: 'bad' } as const] : []),
  ];
}

/** Handlers that run for long, and signs, which the bots pane shows in words. */
function troubleOf(state: State, width: number): Line {
  const [run] = longRuns(state);
  const count = state.signs.length;
  return [
    ...(run
      ? [
          {
            text: ` · ${safeLine(width < wordy ? shortRunText(run) : longRunText(run))}`,
            style: 'warning',
          } as const,
        ]
      : []),
    ...(count > 0 ? [{ text: ` · ${count} to mend, F2`, style: 'warning' } as const] : []),
  ];
}

/** The start of the prompt, with speaker and group: `alice (admin) → #ops › `. */
export function promptLead(state: State): Line {
  const thread = openThread(state);
  const person = safeLine(myself(state)?.name ?? '…');
  const admin = thread?.options.admin ? ' (admin)' : '';
  const place = thread ? ` → #${safeLine(thread.name)}` : '';
  return [
    { text: person, style: 'me' },
    { text: admin, style: 'admin' },
    { text: `${place} › `, style: 'strong' },
  ];
}
