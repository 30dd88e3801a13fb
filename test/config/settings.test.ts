import { expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { settingsAfterReload, settingsOf } from '../../src/config/settings.ts';

test('a saved configuration changes the settings, except those that need a restart', () => {
  const before = settingsOf(configSchema.parse({}));
  const saved = configSchema.parse({
    bots: { enabled: true, subscriber: { enabled: false, queued: false } },
    http: { escapeHtml: true, rateLimits: { api: 1 } },
    knocks: { timeout: 1 },
    limits: { bots: 1 },
  });
  expect(settingsAfterReload(before, saved, {})).toEqual({
    ...before,
    botsEnabled: true,
    knockTimeout: 1,
    limits: { ...before.limits, bots: 1 },
  });
});

test('what the process decides is not taken back by a saved configuration', () => {
  const overrides = { botsEnabled: true, unlimited: true };
  const before = settingsOf(configSchema.parse({}), overrides);
  const after = settingsAfterReload(before, configSchema.parse({ bots: { enabled: false } }), overrides);
  expect(after).toEqual(before);
  expect(after.http.rateLimits).toEqual({ api: 0, message: 0, attachment: 0, assets: 0 });
});
