import { expect, test } from 'vitest';
import { readAttach } from '../../../src/simulate/commands/attach.ts';

const none = { values: {}, texts: {} };

test.each([
  ['', { alias: '', bot: undefined, parameters: none }],
  ['hello', { alias: 'hello', bot: undefined, parameters: none }],
  ['@Helper', { alias: '', bot: 'Helper', parameters: none }],
  ['hello @Two Words', { alias: 'hello', bot: 'Two Words', parameters: none }],
  [
    'list triggers=x match=exact',
    { alias: 'list', bot: undefined, parameters: { values: {}, texts: { triggers: 'x', match: 'exact' } } },
  ],
  [
    'list @Two Words triggers=@x match=exact',
    {
      alias: 'list',
      bot: 'Two Words',
      parameters: { values: {}, texts: { triggers: '@x', match: 'exact' } },
    },
  ],
  [
    'reply @Two {"triggers":["@"],"match":"}"}',
    { alias: 'reply', bot: 'Two', parameters: { values: { triggers: ['@'], match: '}' }, texts: {} } },
  ],
  [
    'reply {"triggers":["a @b"]} cooldown=5 @Two',
    {
      alias: 'reply',
      bot: 'Two',
      parameters: { values: { triggers: ['a @b'] }, texts: { cooldown: '5' } },
    },
  ],
  [
    'reply replies=[{"a":1}]',
    { alias: 'reply', bot: undefined, parameters: { values: {}, texts: { replies: '[{"a":1}]' } } },
  ],
])('/attach %s is parsed into an alias, a bot and parameters', (rest, given) => {
  expect(readAttach(rest)).toEqual(given);
});

test.each([
  ['reply {"match":', 'The parameters are not a JSON object: '],
  ['reply {"match":"exact"}}', 'The parameters are not a JSON object: '],
  ['reply match', '"match" is not a parameter.'],
  ['reply {"match":"exact"} more', '"more" is not a parameter.'],
])('/attach %s is rejected with a reason', (rest, sentence) => {
  expect(() => readAttach(rest)).toThrow(sentence);
});
