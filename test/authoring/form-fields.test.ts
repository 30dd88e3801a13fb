import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { BotActionHandlerDTO } from '../../src/authoring/descriptions.ts';
import { formFields, ownFields } from '../../src/authoring/form-fields.ts';

describe('the inputs for rules', () => {
  test.each([
    ['a text', z.string(), { type: 'text', required: true }],
    ['a text that may be left out', z.string().optional(), { type: 'text', required: false }],
    ['a text or nothing', z.string().nullable(), { type: 'text', required: true }],
    ['a whole number', z.int(), { type: 'number', required: true }],
    ['a default', z.number().default(3), { type: 'number', required: false, default: 3 }],
    ['yes or no', z.boolean(), { type: 'boolean', required: true }],
    ['a choice', z.enum(['a', 'b']), { type: 'choice', choices: ['a', 'b'] }],
    ['a list of texts', z.array(z.string()).min(1), { type: 'list', required: true }],
    ['a list of numbers', z.array(z.number()), { type: 'json' }],
    ['an object', z.object({ a: z.string() }), { type: 'json' }],
    ['a description', z.string().describe('What it says.'), { description: 'What it says.' }],
    ['what JSON schema has no words for', z.custom(() => true), { type: 'json' }],
  ])('%s', (_, rule, expected) => {
    expect(ownFields({ field: rule })).toMatchObject([{ name: 'field', ...expected }]);
  });
});

describe('the limits of rules', () => {
  test.each([
    ['any text', z.string(), undefined],
    ['a text', z.string().min(1).max(20), { min: 1, max: 20 }],
    ['a text that may be null', z.string().max(20).nullable(), { max: 20 }],
    ['an address', z.email(), { format: 'email' }],
    ['any whole number', z.int(), { whole: true }],
    ['a whole number', z.int().min(0).max(900), { whole: true, min: 0, max: 900 }],
    ['a positive number', z.number().positive(), { above: 0 }],
    ['a list of texts', z.array(z.string()).max(5), { max: 5 }],
    ['an object', z.object({}), { shape: 'object' }],
    ['a list of numbers', z.array(z.number()).min(1), { min: 1, shape: 'array' }],
  ])('%s', (_, rule, limits) => {
    expect(ownFields({ field: rule })[0]?.limits).toEqual(limits);
  });
});

describe('the whole form', () => {
  const handler = (fixed: Partial<BotActionHandlerDTO>): BotActionHandlerDTO => ({
    class: 'ReplyBot',
    alias: 'reply',
    description: '',
    name: 'Reply',
    unique: false,
    shouldAuthorize: false,
    triggers: null,
    matchMethod: null,
    ...fixed,
  });
  const common = ['cooldown', 'admin_only', 'enabled'];

  test.each([
    ['nothing is fixed', {}, ['match', 'triggers', 'own', ...common]],
    ['the match is fixed', { matchMethod: 'exact' } as const, ['triggers', 'own', ...common]],
    ['it listens to anything', { matchMethod: 'any' } as const, ['own', ...common]],
    ['the triggers are fixed', { triggers: ['hi'] }, ['match', 'own', ...common]],
  ])('%s', (_, fixed, names) => {
    const fields = formFields(handler(fixed), ownFields({ own: z.string() }));
    expect(fields.map(({ name }) => name)).toEqual(names);
  });
});
