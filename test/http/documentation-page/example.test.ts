import { describe, expect, test } from 'vitest';
import { curlOf, exampleOf } from '../../../src/http/documentation-page/example.ts';
import type { Operation, Schema } from '../../../src/http/documentation-page/open-api.ts';

const text: Schema = { type: 'string' };
const schemas = {
  Tree: {
    type: 'object',
    properties: { inner: { $ref: '#/components/schemas/Tree' } },
    required: ['inner'],
  },
};

describe('an example of', () => {
  test.each<[Schema, unknown]>([
    [text, 'text'],
    [{ type: ['string', 'null'] }, 'text'],
    [{ type: 'integer', minimum: -9 }, 0],
    [{ type: 'integer', minimum: 3 }, 3],
    [{ type: 'boolean' }, true],
    [{ enum: ['a', 'b'] }, 'a'],
    [{ const: 1 }, 1],
    [{ default: false }, false],
    [{ anyOf: [text, { type: 'null' }] }, 'text'],
    [{ type: 'array', items: text }, ['text']],
    [{ type: 'array' }, []],
    [{ type: 'object', properties: { a: text, b: text }, required: ['b'] }, { b: 'text' }],
    [{}, null],
  ])('%j is %j', (schema, example) => {
    expect(exampleOf(schema, schemas)).toEqual(example);
  });

  test('a schema that contains itself ends', () => {
    const example = exampleOf({ $ref: '#/components/schemas/Tree' }, schemas);
    expect(JSON.stringify(example)).toBe('{"inner":{"inner":{"inner":{"inner":{}}}}}');
  });
});

describe('the command for', () => {
  const commandFor = (method: string, operation: Operation) =>
    curlOf(
      { method, path: '/threads/{thread}/bots', group: 'bots', anchor: '', operation },
      'http://localhost',
      schemas,
    ).split(' \\\n  ');
  const body = (type: string, properties: Record<string, Schema>): Operation => ({
    requestBody: {
      content: { [type]: { schema: { type: 'object', properties, required: Object.keys(properties) } } },
    },
  });

  test('a GET is only the address, with variables for what is to be filled in', () => {
    expect(commandFor('GET', {})).toEqual(['curl', '"http://localhost/threads/$THREAD/bots"']);
  });

  test('an operation that asks for a login has the token', () => {
    expect(commandFor('DELETE', { security: [{ token: [] }] })).toEqual([
      'curl -X DELETE',
      '-H "Authorization: Bearer $TOKEN"',
      '"http://localhost/threads/$THREAD/bots"',
    ]);
  });

  test('JSON is quoted for the shell', () => {
    const command = commandFor('POST', body('application/json', { name: { const: "it's" } }));
    expect(command).toContain(`-d '{"name":"it'\\''s"}'`);
    expect(command).toContain("-H 'Content-Type: application/json'");
  });

  test('a form sends files and texts as parts', () => {
    const command = commandFor(
      'POST',
      body('multipart/form-data', { image: { type: 'string', format: 'binary' }, temporary_id: text }),
    );
    expect(command.slice(1, 3)).toEqual(["-F 'image=@file'", "-F 'temporary_id=text'"]);
  });
});
