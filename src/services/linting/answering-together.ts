import { TriggerIndex } from '../../domain/trigger-index.ts';
import { nameList } from '../name-list.ts';
import { type Finding, finding, quoted } from './finding.ts';
import type { Listener } from './listeners.ts';

/** How many that answer one message are named. */
const maxNamed = 3;

/** A message that is answered more than once, and the handlers that answer it. */
interface Together {
  finding: Finding;
  /** Their aliases; not all if there are many. */
  handlers: string[];
}

/** A trigger with its match method, and the listeners that have it, by their positions. */
interface SharedTrigger {
  owners: number[];
}

/**
 * The triggers that, sent as a message, are answered more than once in a group. Listeners with `any` answer everything
 * in any case and are left out.
 *
 * A trigger that many have is searched once, so that the cost does not grow with the square of their number.
 */
export function answeringTogether(listeners: readonly Listener[]): Together[] {
  const index = sharedIndex(listeners);
  const found = new Map<string, Together>();
  for (const witness of new Set(listeners.flatMap(({ triggers }) => triggers))) {
    const owners = index.match(witness).flatMap(({ item }) => item.owners.slice(0, maxNamed + 1));
    const first = [...new Set(owners)].sort((a, b) => a - b).slice(0, maxNamed + 1);
    const key = first.join();
    if (first.length < 2 || found.has(key)) continue;
    const answering = first.flatMap((position) => listeners[position] ?? []);
    const handlers = answering.map(({ handler }) => handler).sort();
    found.set(key, { finding: bothAnswer(witness, answering), handlers });
  }
  return [...found.values()];
}

function sharedIndex(listeners: readonly Listener[]): TriggerIndex<SharedTrigger> {
  const shared = new Map<string, { item: SharedTrigger; method: Listener['match']; triggers: [string] }>();
  for (const [position, { match, triggers }] of listeners.entries()) {
    for (const trigger of triggers) {
      const key = `${match} ${trigger}`;
      const known = shared.get(key) ?? { item: { owners: [] }, method: match, triggers: [trigger] };
      shared.set(key, known);
      if (known.item.owners.at(-1) !== position) known.item.owners.push(position);
    }
  }
  return new TriggerIndex(shared.values());
}

function bothAnswer(witness: string, answering: readonly Listener[]): Finding {
  const [first, second] = answering;
  const last = second ?? first;
  const place = { file: last?.file ?? null, line: last?.line ?? null };
  return finding('both-answer', place, {
    handler: last?.handler ?? null,
    message: `${quoted(witness)} fires ${namesOf(answering)}, and each of them answers it. If only one should, change the triggers of the others.`,
    witness,
  });
}

function namesOf(answering: readonly Listener[]): string {
  const counts = new Map<string, number>();
  for (const { name } of answering.slice(0, maxNamed)) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].map(([name, count]) => (count > 1 ? `${name} (${count} times)` : name));
  return answering.length > maxNamed ? `${names.join(', ')} and others` : nameList(names);
}
