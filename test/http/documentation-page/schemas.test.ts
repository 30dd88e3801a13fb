import { describe, expect, test } from 'vitest';
import type { Schema, Schemas } from '../../../src/http/documentation-page/open-api.ts';
import { objectsIn, resolve, rulesOf, typeOf } from '../../../src/http/documentation-page/schemas.ts';

const to = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const text: Schema = { type: 'string' };

const schemas: Schemas = {
  Bot: { type: 'object', properties: { name: text }, required: ['name'] },
  Message: { type: 'object', properties: { reply_to: { anyOf: [to('Message'), { type: 'null' }] } } },
  Alias: to('Bot'),
  Circle: to('Other'),
  Other: to('Circle'),
  Tree: { type: 'array', items: to('Tree') },
};

describe('a reference', () => {
  test.each([
    ['Bot', schemas.Bot],
    ['Alias', schemas.Bot],
    ['Circle', {}],
    ['Missing', {}],
  ])('to %s is followed', (name, expected) => {
    expect(resolve(to(name), schemas)).toEqual(expected);
  });

  test('that leads out of the schemas allows everything', () => {
    expect(resolve({ $ref: 'https://example.com/schema' }, schemas)).toEqual({});
  });
});

describe('the type of', () => {
  test.each<[Schema, string]>([
    [text, 'string'],
    [{ type: ['string', 'null'] }, 'string or null'],
    [{ type: 'array', items: to('Bot') }, 'array of Bot'],
    [{ type: 'array' }, 'array'],
    [{ anyOf: [{ type: 'array', items: to('Bot') }, { type: 'null' }] }, 'array of Bot or null'],
    [{ oneOf: [text, text, { type: 'integer' }] }, 'string or integer'],
    [{ allOf: [to('Bot'), to('Message')] }, 'Bot and Message'],
    [{ type: 'number', const: 1 }, '1'],
    [{ type: 'object', properties: { a: text } }, 'object'],
    [{ type: 'object', additionalProperties: text }, 'object with values of string'],
    [{ type: 'object', additionalProperties: false }, 'object'],
    [{}, 'anything'],
  ])('%j is %s', (schema, type) => {
    expect(typeOf(schema)).toBe(type);
  });
});

describe('the rules of', () => {
  test.each<[Schema, string[]]>([
    [text, []],
    [{ enum: ['a', 1, null] }, ['One of "a", 1, null']],
    [{ minLength: 2, maxLength: 255 }, ['Length: 2 to 255']],
    [{ minItems: 1 }, ['Items: at least 1']],
    [{ maxItems: 9 }, ['Items: at most 9']],
    [{ minLength: 4, maxLength: 4 }, ['Length: 4']],
    [{ minimum: 0, maximum: 900 }, ['Value: 0 to 900']],
    [{ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, []],
    [{ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, ['Value: at least 0']],
    [{ exclusiveMinimum: 0, exclusiveMaximum: 1 }, ['Value: more than 0', 'Value: less than 1']],
    [{ format: 'uuid', pattern: '^[0-9a-f]+$' }, ['Format: uuid']],
    [{ pattern: '^a$' }, ['Pattern: ^a$']],
    [{ default: false }, ['Default: false']],
    [{ properties: { a: text }, additionalProperties: {} }, ['Other fields are allowed']],
    [{ properties: { a: text }, additionalProperties: false }, []],
    [{ items: { enum: ['a'] } }, ['Each item: One of "a"']],
    [{ anyOf: [{ maxLength: 9 }, { maxLength: 9 }, { type: 'null' }] }, ['Length: at most 9']],
  ])('%j are %j', (schema, rules) => {
    expect(rulesOf(schema)).toEqual(rules);
  });
});

describe('the objects in', () => {
  const bot = { name: 'Bot', properties: { name: text }, required: ['name'] };
  const inPlace: Schema = { type: 'object', properties: { name: text }, required: ['name'] };

  test.each<[string, Schema, unknown[]]>([
    ['a text', text, []],
    ['anything', {}, []],
    ['an object written in place', inPlace, [{ ...bot, name: undefined }]],
    ['a reference', to('Bot'), [bot]],
    ['an array', { items: to('Bot') }, [bot]],
    ['a map', { type: 'object', additionalProperties: { items: to('Bot') } }, [bot]],
    ['alternatives', { anyOf: [to('Bot'), { type: 'null' }, inPlace] }, [bot, { ...bot, name: undefined }]],
    ['parts', { allOf: [to('Bot')] }, [bot]],
    ['a schema that contains itself', to('Tree'), []],
    ['references that lead back', to('Circle'), []],
  ])('%s', (_, schema, objects) => {
    expect(objectsIn(schema, schemas)).toEqual(objects);
  });

  test('an object that contains itself is that object once', () => {
    expect(objectsIn(to('Message'), schemas)).toHaveLength(1);
  });
});
