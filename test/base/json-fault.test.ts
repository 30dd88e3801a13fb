import { expect, test } from 'vitest';
import { jsonFault } from '../../src/base/json-fault.ts';

test.each([
  ['{"a": [1, -2.5e3, true, null, "\\u00e9\\n"], "b": {}}', undefined],
  ['', 'line 1, column 1: a value is missing'],
  ['{"a":}', 'line 1, column 6: no value begins with }; texts are written in double quotes'],
  ['{"a": 1,}', 'line 1, column 8: a comma too much'],
  ['[1, 2,]', 'line 1, column 6: a comma too much'],
  ['{"a": 1', 'line 1, column 1: what begins here is not ended by }'],
  ['{"a": 1,', 'line 1, column 1: what begins here is not ended by }'],
  ['[1 2]', 'line 1, column 4: a comma or ] is missing'],
  ['{"a" 1}', 'line 1, column 6: a colon is missing behind the name'],
  ['{a: 1}', 'line 1, column 2: the name of a property is written in double quotes'],
  ["{'a': 1}", 'line 1, column 2: the name of a property is written in double quotes'],
  ['{\n  "a": yes\n}', 'line 2, column 8: no value begins with y; texts are written in double quotes'],
  ['{"a": truest}', 'line 1, column 7: no value begins with t; texts are written in double quotes'],
  ['"abc', 'line 1, column 1: the text that begins here is not ended by a quote'],
  ['"a\nb"', 'line 1, column 3: a line break in a text is written \\n'],
  ['"C:\\x"', 'line 1, column 4: a backslash in a text is written \\\\'],
  ['"a\u0007"', 'line 1, column 3: a control character in a text is written \\u0000'],
  ['{} {}', 'line 1, column 4: nothing may follow the value'],
  ['"👋" x', 'line 1, column 5: nothing may follow the value'],
  ['['.repeat(100_000), 'it is nested too deeply'],
])('%j: %s', (text, fault) => {
  expect(jsonFault(text)).toBe(fault);
});

test('a number that would change is named', () => {
  expect(jsonFault('[9007199254740993]')).toContain('the number 9007199254740993 cannot be kept exactly');
});
