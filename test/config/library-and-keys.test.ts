import { describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** The configuration that a text and an environment make. */
const load = (text: string, environment: NodeJS.ProcessEnv = {}) =>
  loadConfig(makeWorkspace({ 'messenger.config.mjs': `export default ${text};` }), environment);

describe('library', () => {
  test.each([
    ['{}', undefined, false],
    ['{ library: true }', undefined, true],
    ['{ library: false }', undefined, false],
    ["{ library: ['RollBot'] }", undefined, ['RollBot']],
    ['{}', 'true', true],
    ['{}', '1', true],
    ["{ library: ['RollBot'] }", 'TRUE', true],
    ["{ library: ['RollBot'] }", 'false', ['RollBot']],
    ['{ library: true }', 'false', false],
    ['{ library: true }', ' No ', false],
    ['{ library: true }', '', true],
    ['{}', 'false', false],
  ])('%s with BOT_AUTO_REGISTER_ALL=%s is %j', async (text, all, expected) => {
    const { library } = await load(text, all === undefined ? {} : { BOT_AUTO_REGISTER_ALL: all });
    expect(library).toEqual(expected);
  });

  test.each(["'RollBot'", '[1]', '{}'])('is refused as %s', async (library) => {
    await expect(load(`{ library: ${library} }`)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('library'),
    });
  });
});

describe('keys', () => {
  test.each([
    ['{}', {}, {}],
    ["{ keys: { BOT_A: 'file' } }", {}, { BOT_A: 'file' }],
    ["{ keys: { BOT_A: 'file', BOT_B: 'b' } }", { BOT_A: 'env' }, { BOT_A: 'env', BOT_B: 'b' }],
    ["{ keys: { BOT_A: 'file' } }", { BOT_A: '' }, { BOT_A: 'file' }],
    ["{ keys: { BOT_A: '', BOT_B: undefined } }", {}, {}],
    ['{}', { BOT_A: 'env' }, {}],
  ])('%s with the environment %j are %j', async (text, environment, expected) => {
    expect((await load(text, environment)).keys).toEqual(expected);
  });

  test.each(["{ 'my key': 'a' }", '{ BOT_A: 1 }', "['BOT_A']"])('are refused as %s', async (keys) => {
    await expect(load(`{ keys: ${keys} }`)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('keys'),
    });
  });

  test('are in no sentence about a mistake', async () => {
    const text = "{ keys: { BOT_A: 'secret', 'my key': 'secret' } }";
    await expect(load(text)).rejects.toMatchObject({ message: expect.not.stringContaining('secret') });
  });
});
