import type { Desk } from '../desk.ts';
import { myself, type State } from '../state/state.ts';
import { presenceOf } from './threads.ts';

/** How often it is told again while somebody goes on typing, in milliseconds: before others forget it. */
const tellEvery = 4_000;

/** When each desk last told it, and what for. */
const told = new WeakMap<Desk, { at: number; as: string }>();

/** Shows the others of the open group that a message is being typed; a command is nothing that will be said. */
export function tellTyping(desk: Desk): void {
  const { me, threadId } = desk.state;
  const isTyping = writesMessage(desk.state);
  const last = told.get(desk);
  if (threadId === null || (!isTyping && last === undefined)) return;
  const as = `${me} ${threadId}`;
  if (isTyping && last?.as === as && performance.now() - last.at < tellEvery) return;
  if (isTyping) told.set(desk, { at: performance.now(), as });
  else told.delete(desk);
  const who = { provider_id: me, provider_alias: 'user', name: myself(desk.state)?.name ?? '' };
  desk.realtime?.whisper(presenceOf(threadId), isTyping ? 'client-typing' : 'client-stop-typing', who);
}

const writesMessage = ({ editor: { characters } }: State): boolean =>
  characters.length > 0 && (characters[0] !== '/' || characters[1] === '/');
