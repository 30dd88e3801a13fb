import { comparable, matchMessage, matchRule } from '../../domain/match.ts';
import { TriggerIndex } from '../../domain/trigger-index.ts';
import { type Finding, finding, quoted } from './finding.ts';
import type { Listener } from './listeners.ts';
import { ordinaryMessages } from './ordinary-messages.ts';

/** A bot that answers this share of ordinary messages answers nearly everything. */
const floodShare = 0.25;

const letter = /^[\p{L}\p{N}]$/u;

/** The listeners that answer nearly everything, tried on ordinary messages. */
export function floodFindings(listeners: readonly Listener[]): Finding[] {
  const fired = firedBy(listeners);
  return listeners.flatMap((listener) => {
    const { messages, trigger } = fired.get(listener) ?? { messages: [], trigger: null };
    const [witness = null] = messages;
    if (listener.match === 'any') return [flood(listener, anyMessage, witness)];
    const isShare = messages.length >= ordinaryMessages.length * floodShare;
    const share = `fires on ${messages.length} of ${ordinaryMessages.length} ordinary messages`;
    if (isShare)
      return [flood(listener, `with "${listener.match}", ${quoted(trigger ?? '')} ${share}`, witness)];
    const single = listener.triggers.find((one) => isLetterAnywhere(listener, one));
    if (single === undefined) return [];
    const word = messages.find((message) => matchMessage(listener.match, single, message));
    return [flood(listener, `${quoted(single)} fires on every message with that letter`, word ?? single)];
  });
}

interface Fired {
  messages: string[];
  /** The trigger of the first of them. */
  trigger: string | null;
}

function firedBy(listeners: readonly Listener[]): Map<Listener, Fired> {
  const index = new TriggerIndex(
    listeners.map((item) => ({ item, method: item.match, triggers: item.triggers })),
  );
  const all = new Map<Listener, Fired>();
  for (const message of ordinaryMessages) {
    for (const { item, trigger } of index.match(message)) {
      const fired = all.get(item) ?? { messages: [], trigger };
      fired.messages.push(message);
      all.set(item, fired);
    }
  }
  return all;
}

const isLetterAnywhere = ({ match }: Listener, trigger: string): boolean =>
  matchRule(match).place === 'anywhere' && letter.test(comparable(trigger, matchRule(match).caseless));

const anyMessage = 'the match method "any" fires on every text';

const flood = ({ name, ...listener }: Listener, what: string, witness: string | null): Finding =>
  finding('flood', listener, {
    handler: listener.handler,
    message: `${name}: ${what}, so it answers people who do not talk to it. Use longer triggers or whole words, or give its actions a cooldown.`,
    witness,
  });
