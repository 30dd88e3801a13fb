import { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import {
  type AddressOptions,
  addressWords,
  preferredPort,
  takenPortNote,
  withAddress,
} from '../../src/cli/address.ts';

/** The options of a command line, or the error. */
function parse(...words: string[]): unknown {
  const command = withAddress(new Command().exitOverride().configureOutput({ writeErr: () => {} }));
  command.addOption(preferredPort());
  try {
    return command.parse(words, { from: 'user' }).opts();
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
}

describe('a port', () => {
  test.each([
    ['0', 0],
    ['4711', 4711],
    ['00080', 80],
    ['65535', 65_535],
  ])('may be %s', (text, port) => {
    expect(parse('--port', text)).toEqual({ port });
    expect(parse('--preferred-port', text)).toEqual({ preferredPort: port });
  });

  test.each(['65536', '100000', '', ' ', '-1', '1.5', '1e3', '0x10', '80 ', '٣', 'http', 'NaN'])(
    'cannot be %j',
    (text) => {
      expect(parse(`--port=${text}`)).toContain('It must be a number from 0 to 65535.');
    },
  );
});

describe('the options of an address', () => {
  test.each<[AddressOptions, string[]]>([
    [{}, []],
    [{ host: '::1' }, ['--host', '::1']],
    // 0 is any free port, and not the same as none.
    [{ port: 0 }, ['--port', '0']],
    [{ host: 'a b', port: 80 }, ['--host', 'a b', '--port', '80']],
  ])('%j are the words %j, which are parsed to the same', (options, words) => {
    expect(addressWords(options)).toEqual(words);
    expect(parse(...words)).toEqual(options);
  });
});

test.each([
  [4711, ' (port 4711 is taken, so it listens on another one)'],
  [0, ' (port 0 is taken, so it listens on another one)'],
  [null, ''],
  [undefined, ''],
])('of the taken port %j is told: "%s"', (port, note) => {
  expect(takenPortNote(port)).toBe(note);
});
