import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClientEventWriter, createJsonWriter } from '../../src/http/escape.ts';

const asHtml = { escapeHtml: true };
const unchanged = { escapeHtml: false };

test.each<[unknown, unknown]>([
  [{ '<b>': ['"', { a: "'&" }] }, { '&lt;b&gt;': ['&quot;', { a: '&#039;&amp;' }] }],
  ['', ''],
  [
    [1, null, true],
    [1, null, true],
  ],
  ['line\nbreak\\', 'line\nbreak\\'],
])('an answer of %j has its texts as HTML, if the configuration says so', (value, expected) => {
  expect(JSON.parse(createJsonWriter(asHtml)(value))).toEqual(expected);
  expect(JSON.parse(createJsonWriter(unchanged)(value))).toEqual(value);
});

/** The same, written the long way: every text of a value as HTML. */
function textsAsHtml(value: unknown): unknown {
  if (typeof value === 'string') {
    const withoutAmpersands = value.replaceAll('&', '&amp;');
    const withoutTags = withoutAmpersands.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    return withoutTags.replaceAll('"', '&quot;').replaceAll("'", '&#039;');
  }
  if (Array.isArray(value)) return value.map(textsAsHtml);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [textsAsHtml(key), textsAsHtml(inner)]),
  );
}

test('any JSON has its texts as HTML and is otherwise the same', () => {
  const character = fc.constantFrom('&', '<', '>', '"', "'", '\\', 'u', '0', '\n', '漢', '\ud800');
  const value = fc.jsonValue({ stringUnit: character });
  fc.assert(
    fc.property(value, (json) => {
      const same = JSON.parse(JSON.stringify(json));
      expect(JSON.parse(createJsonWriter(asHtml)(json))).toEqual(textsAsHtml(same));
    }),
  );
});

describe('what clients send to each other', () => {
  const event = (data: unknown, more: object = {}) => ({
    event: 'client-typing',
    channel: 'presence-x',
    user_id: 'ada',
    data,
    ...more,
  });
  /** The data as another client parses it. */
  const received = (data: unknown, settings = asHtml) =>
    JSON.parse(createClientEventWriter(settings)(event(data))).data;

  test.each<[string, unknown, unknown]>([
    ['an object', { name: '<b>"\'' }, { name: '&lt;b&gt;&quot;&#039;' }],
    ['names of fields', { '<b>': 1 }, { '&lt;b&gt;': 1 }],
    ['entities, which others sent before', { name: '&lt;b&gt; & <b>' }, { name: '&lt;b&gt; & &lt;b&gt;' }],
    ['nothing', undefined, undefined],
    ['null', null, null],
  ])('has no markup: %s', (_, data, expected) => {
    expect(received(data)).toEqual(expected);
  });

  test.each<[string, string, unknown]>([
    ['JSON', '{"name":"<b>"}', { name: '&lt;b&gt;' }],
    ['JSON with quotes in a text', '{"name":"\\"<"}', { name: '&quot;&lt;' }],
    [
      'JSON with numeric escapes, in any case',
      '{"name":"\\u003Cb\\u003e\\u0022\\u0027"}',
      { name: '&lt;b&gt;&quot;&#039;' },
    ],
    ['JSON with other escapes, which stay', '{"name":"\\u00e9\\n\\\\u003c\\/"}', { name: 'é\n\\u003c/' }],
  ])('may be a text of %s, and is checked like JSON', (_, data, expected) => {
    expect(JSON.parse(received(data))).toEqual(expected);
  });

  test('may be a text that is no JSON, whose entities stay whatever stands before them', () => {
    expect(received('\\&amp; <b>')).toBe('\\&amp; &lt;b&gt;');
  });

  test('has no markup in the name of the event or the channel either', () => {
    const written = createClientEventWriter(asHtml)(
      event({}, { event: 'client-<b>', channel: "presence-'" }),
    );
    expect(JSON.parse(written)).toMatchObject({ event: 'client-&lt;b&gt;', channel: 'presence-&#039;' });
  });

  test.each([{ name: '<b>' }, '{"name":"<b>"}'])('is passed on unchanged otherwise: %j', (data) => {
    expect(received(data, unchanged)).toEqual(data);
  });
});
