import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Realtime } from '../../../src/client/index.ts';
import { emitTyping } from '../../../src/tui/actions/typing.ts';
import { editorOf } from '../../../src/tui/state/editor.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps } from '../../support/tui.tsx';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

/** A controller, and what the others in the group hear of it. */
function listened() {
  const { controller } = openController(atOps([]));
  const heard: string[] = [];
  const realtime = new Realtime({
    url: '',
    token: '',
    realtime: { url: 'ws://127.0.0.1:1', key: '' },
    onEvent: () => {},
    onStatus: () => {},
  });
  vi.spyOn(realtime, 'whisper').mockImplementation(
    (channel, event) => void heard.push(`${event} ${channel}`),
  );
  controller.realtime = realtime;
  /** Changes the state after some seconds, as a key does. */
  const write = (text: string, seconds = 0, fields: Partial<State> = {}) => {
    vi.advanceTimersByTime(seconds * 1_000);
    controller.store.set({ editor: editorOf(text), ...fields });
    emitTyping(controller);
  };
  return { heard, write };
}

const here = 'presence-messenger.thread.ops';
const typing = `client-typing ${here}`;
const stopped = `client-stop-typing ${here}`;

test.each<[string, Array<[text: string, seconds?: number, fields?: Partial<State>]>, string[]]>([
  ['the first character of a message is told', [['h']], [typing]],
  [
    'further ones are told every four seconds',
    [['h'], ['hi', 3.9], ['hi ', 0.2], ['hi t']],
    [typing, typing],
  ],
  ['a message that is emptied is told once', [['h'], [''], ['']], [typing, stopped]],
  ['one that is begun again is told at once', [['h'], [''], ['x']], [typing, stopped, typing]],
  ['an empty prompt is not told', [['']], []],
  ['a command is not told', [['/'], ['/help']], []],
  ['a message that begins with a slash is told', [['//help']], [typing]],
  ['a message that becomes a command is told as stopped', [['h'], ['/h']], [typing, stopped]],
  ['another speaker is told at once', [['h'], ['hi', 1, { me: 'grace' }]], [typing, typing]],
  [
    'another group is told at once',
    [['h'], ['hi', 1, { threadId: 'two' }]],
    [typing, 'client-typing presence-messenger.thread.two'],
  ],
  ['without a group there is nobody to tell', [['h', 0, { threadId: null }]], []],
  ['before anybody speaks there is nothing to tell', [['h', 0, { me: null }]], []],
])('%s', (_, steps, expected) => {
  const { heard, write } = listened();
  for (const step of steps) write(...step);
  expect(heard).toEqual(expected);
});
