import { expect, test } from 'vitest';
import { z } from 'zod';
import { askedFor, type Switches, switchesOf } from '../../src/http/switches.ts';

const switches = {
  knocks: ['knocks', true],
  start_calls: ['startCalls', false],
} satisfies Switches<string, string>;

test.each<[object, object]>([
  [{}, {}],
  [
    { knocks: true, start_calls: false },
    { knocks: true, startCalls: false },
  ],
  [{ knocks: null, start_calls: 'true' }, {}],
  [{ subject: 'ops', other: true }, {}],
])('the form %j sets %j', (body, expected) => {
  expect(switchesOf(switches, { ...body })).toEqual(expected);
});

test('only switches that are marked as required are asked for', () => {
  const fields = { knocks: z.boolean(), start_calls: z.boolean(), unknown: z.boolean() };
  expect(Object.keys(askedFor(fields, switches))).toEqual(['knocks']);
});
