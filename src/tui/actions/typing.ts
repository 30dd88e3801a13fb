import type { EventData } from '../../client/index.ts';
import type { Controller } from '../controller.ts';
import { myself, type State } from '../state/state.ts';
import { presenceOf } from './threads.ts';

/** Milliseconds between typing events while a person keeps typing. Others forget it after a longer pause. */
const emitInterval = 4_000;

/** When each controller last sent a typing event, and for which thread. */
const lastSent = new WeakMap<Controller, { at: number; as: string }>();

/** Shows the others in the open group that a message is being typed. Commands do not count. */
export function emitTyping(controller: Controller): void {
  const { me, threadId } = controller.state;
  const isTyping = writesMessage(controller.state);
  const last = lastSent.get(controller);
  if (me === null || threadId === null || (!isTyping && last === undefined)) return;
  const as = `${me} ${threadId}`;
  if (isTyping && last?.as === as && performance.now() - last.at < emitInterval) return;
  if (isTyping) lastSent.set(controller, { at: performance.now(), as });
  else lastSent.delete(controller);
  const who: EventData['client-typing'] = {
    provider_id: me,
    provider_alias: 'user',
    name: myself(controller.state)?.name ?? '',
  };
  controller.realtime?.whisper(presenceOf(threadId), isTyping ? 'client-typing' : 'client-stop-typing', who);
}

const writesMessage = ({ editor: { characters } }: State): boolean =>
  characters.length > 0 && (characters[0] !== '/' || characters[1] === '/');
