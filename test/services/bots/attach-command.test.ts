import { expect, test } from 'vitest';
import { z } from 'zod';
import { ownFields } from '../../../src/authoring/form-fields.ts';
import type { HandlerDescription } from '../../../src/sandbox/protocol.ts';
import { attachCommand } from '../../../src/services/bots/attach-command.ts';
import { readAttach } from '../../../src/simulate/commands/attach.ts';
import { aHandler } from '../../support/descriptions.ts';

const rules = {
  replies: z.array(z.string()).min(1),
  mood: z.enum(['good', 'bad']),
  count: z.int(),
  loud: z.boolean(),
  note: z.string(),
  more: z.object({ a: z.number() }),
  often: z.int().default(7),
  maybe: z.string().optional(),
};

test.each<[string, Partial<HandlerDescription>, object]>([
  ['nothing fixed', {}, { match: 'contains:caseless', triggers: ['…'] }],
  ['its triggers fixed', { triggers: ['hi'] }, { match: 'contains:caseless' }],
  ['its match fixed', { matchMethod: 'exact' }, { triggers: ['…'] }],
  ['the match "any" fixed', { matchMethod: 'any' }, {}],
  ['everything fixed', { matchMethod: 'exact', triggers: ['hi'] }, {}],
  [
    'parameters of its own, of which the required ones have an example',
    { matchMethod: 'any', fields: ownFields(rules) },
    { replies: ['…'], mood: 'good', count: 1, loud: true, note: '…', more: {} },
  ],
])('a handler with %s is attached by a command that can be parsed', (_, more, expected) => {
  const command = attachCommand(aHandler({ alias: 'reply', ...more }));
  expect(command.startsWith('/attach reply {')).toBe(true);
  expect(readAttach(command.slice('/attach '.length))).toEqual({
    alias: 'reply',
    bot: undefined,
    parameters: { values: expected, texts: {} },
  });
});
