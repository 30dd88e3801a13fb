import { expect, test } from 'vitest';
import { switchesBotsOff } from '../../src/config/bots-switch.ts';
import { loadConfig } from '../../src/config/load.ts';
import { makeWorkspace } from '../support/workspace.ts';

test.each<[string, string | undefined, boolean]>([
  ['{}', undefined, false],
  ['{ bots: {} }', undefined, false],
  ['{ bots: { enabled: true } }', undefined, false],
  ['{ bots: { enabled: false } }', undefined, true],
  ['{ bots: { enabled: false } }', 'true', false],
  ['{ bots: { enabled: true } }', 'false', true],
  ['{}', 'false', true],
])('%s with MESSENGER_BOTS_ENABLED %s switches bots off on purpose: %s', async (text, variable, expected) => {
  const workspace = makeWorkspace({ 'messenger.config.mjs': `export default ${text};` });
  const environment = variable === undefined ? {} : { MESSENGER_BOTS_ENABLED: variable };
  expect(switchesBotsOff(await loadConfig(workspace, environment))).toBe(expected);
});
