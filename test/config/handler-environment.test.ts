import { expect, test } from 'vitest';
import { handlerEnvironment } from '../../src/config/handler-environment.ts';
import { configSchema, type UserConfig } from '../../src/config/schema.ts';

const ours = {
  PATH: '/bin',
  HOME: '/home/ada',
  TZ: 'UTC',
  AWS_SECRET_ACCESS_KEY: 'secret',
  DATABASE_URL: 'secret',
  BOT_A: 'from the environment',
  EMPTY: '',
};
const environment = (config: UserConfig, declared?: readonly string[]) =>
  handlerEnvironment(configSchema.parse(config), declared, ours);
const harmless = { PATH: '/bin', HOME: '/home/ada', TZ: 'UTC' };

test.each<[string, UserConfig, string[] | undefined, object]>([
  ['only harmless variables by default', {}, undefined, {}],
  ['what they declare', {}, ['BOT_A'], { BOT_A: ours.BOT_A }],
  ['what the configuration lists', { bots: { environment: ['BOT_A'] } }, [], { BOT_A: ours.BOT_A }],
  ['nothing for a variable that is not set', {}, ['BOT_B'], {}],
  ['an empty variable', {}, ['EMPTY'], { EMPTY: '' }],
  ['keys, without declaring them', { keys: { BOT_K: 'key' } }, [], { BOT_K: 'key' }],
  ['a key rather than a variable of the same name', { keys: { BOT_A: 'key' } }, ['BOT_A'], { BOT_A: 'key' }],
  ['a key rather than a harmless variable', { keys: { TZ: 'Asia/Tokyo' } }, [], { TZ: 'Asia/Tokyo' }],
  ['no variable whose name only begins alike', {}, ['AWS', 'BOT_'], {}],
])('handlers see %s', (_, config, declared, expected) => {
  expect(environment(config, declared)).toEqual({ ...harmless, ...expected });
});
