import { expect, test } from 'vitest';
import type { MessageJson } from '../../src/client/index.ts';
import { targetMessage } from '../../src/simulate/target-message.ts';
import { aMessageJson } from '../support/message-json.ts';

const byAda = aMessageJson({ id: 'by-ada', owner: 'ada' });
const byBob = aMessageJson({ id: 'by-bob', owner: 'bob' });
const joined = aMessageJson({ id: 'joined', owner: 'ada', type: 88 });

test.each<[string, MessageJson | undefined, MessageJson[], string | null | undefined, string | undefined]>([
  ['of nothing', undefined, [], undefined, undefined],
  ['is the last one', undefined, [byAda, byBob], undefined, 'by-bob'],
  ['is the selected one, even if it is not the last', byAda, [byAda, byBob], undefined, 'by-ada'],
  ['is the selected one, even if somebody else wrote it', byBob, [byAda], 'ada', 'by-bob'],
  ['is no system message', undefined, [byAda, joined], undefined, 'by-ada'],
  ['is the last one of a person', undefined, [byAda, byBob, joined], 'ada', 'by-ada'],
  ['is none if the person wrote nothing', undefined, [byBob], 'ada', undefined],
  ['is none if nobody speaks', undefined, [byBob], null, undefined],
])('the target %s', (_, selected, messages, by, expected) => {
  expect(targetMessage(selected, messages, by)?.id).toBe(expected);
});
