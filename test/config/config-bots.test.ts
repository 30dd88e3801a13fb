import { expect, test } from 'vitest';
import { ConfigBots, registersHandlers } from '../../src/config/config-bots.ts';

/** What a configuration sees of the class. */
class Bots {
  static readonly MATCH_ANY = 'any';
  static registerHandlers(): void {
    throw new Error('It would register in this process.');
  }
  static registerPackagedBots(): void {
    throw new Error('It would register in this process.');
  }
}
const seenBy = (configBots: ConfigBots): typeof Bots => {
  const seen = configBots.over(Bots);
  return seen as typeof Bots;
};

test.each([
  ['handlers', (bots: typeof Bots) => bots.registerHandlers()],
  ['packaged bots', (bots: typeof Bots) => bots.registerPackagedBots()],
])('a configuration that registers %s is remembered, and nothing is registered here', async (_, register) => {
  const configBots = new ConfigBots();
  await configBots.during(async () => register(seenBy(configBots)));
  const config = {};
  configBots.mark(config);
  expect([registersHandlers(config), registersHandlers({})]).toEqual([true, false]);
});

test('a configuration that registers nothing is no file with handlers', async () => {
  const configBots = new ConfigBots();
  const config = await configBots.during(async () => ({ match: seenBy(configBots).MATCH_ANY }));
  configBots.mark(config);
  expect([config.match, registersHandlers(config)]).toEqual(['any', false]);
});

test('a call after the configuration was loaded is an error, even if loading failed', async () => {
  const configBots = new ConfigBots();
  const failed = new Error('The configuration is broken.');
  await expect(configBots.during(() => Promise.reject(failed))).rejects.toBe(failed);
  expect(() => seenBy(configBots).registerHandlers()).toThrow(
    expect.objectContaining({ code: 'REGISTERED_TOO_LATE' }),
  );
});
