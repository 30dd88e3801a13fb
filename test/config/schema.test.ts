import { describe, expect, test } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';

/** A configuration in which only one setting is written. */
const withSetting = (path: string, value: unknown): unknown =>
  path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);

/** The messages about a configuration, by path; empty if it is valid. */
function problems(config: unknown): Record<string, string> {
  const { error } = configSchema.safeParse(config);
  return Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]));
}
const isValid = (path: string, value: unknown) =>
  Object.keys(problems(withSetting(path, value))).length === 0;

describe('a number has limits, which it may reach and not pass', () => {
  const unlimited = Number.MAX_SAFE_INTEGER;
  test.each<[path: string, least: number, most: number]>([
    ['bots.timeout', 1, 86_400_000],
    ['bots.memory', 16, unlimited],
    ['bots.concurrency', 1, 64],
    ['queue.grace', 0, 3_600_000],
    ['uploads.limits.image', 1, unlimited],
    ['uploads.limits.document', 1, unlimited],
    ['uploads.limits.audio', 1, unlimited],
    ['uploads.limits.video', 1, unlimited],
    ['avatars.limit', 1, unlimited],
    ['messages.sizeLimit', 1, unlimited],
    ['reactions.maxUnique', 1, unlimited],
    ['limits.bots', 1, unlimited],
    ['limits.actions', 1, unlimited],
    ['limits.actionsSize', 1, unlimited],
    ['limits.triggers', 1, unlimited],
    ['limits.triggerLength', 1, unlimited],
    ['limits.payload', 1, unlimited],
    ['limits.payloadText', 1, unlimited],
    ['limits.extra', 1, unlimited],
    ['invites.threadMax', 0, unlimited],
    ['database.busyTimeout', 0, 600_000],
    ['http.port', 0, 65_535],
    ['http.rateLimits.api', 0, unlimited],
    ['http.rateLimits.message', 0, unlimited],
    ['http.rateLimits.attachment', 0, unlimited],
    ['http.rateLimits.assets', 0, unlimited],
    ['http.limits.body', 1, unlimited],
    ['http.limits.headers', 10, 1_000],
    ['http.limits.requests', 0, unlimited],
    ['http.limits.guestRequests', 0, unlimited],
    ['http.limits.uploads', 1, unlimited],
    ['http.limits.connections', 1, unlimited],
    ['http.limits.sockets', 1, unlimited],
    ['http.limits.clientEvents', 1, unlimited],
    ['http.limits.receive', 1, 3_600],
    ['http.limits.idle', 1, 3_600],
  ])('%s: %d to %d', (path, least, most) => {
    expect([least, most].map((value) => isValid(path, value))).toEqual([true, true]);
    const wrong = [least - 1, most + 1, least + 0.5, Number.NaN, Number.POSITIVE_INFINITY, `${least}`, null];
    expect(wrong.filter((value) => isValid(path, value))).toEqual([]);
  });

  test.each<[path: string, valid: number[], invalid: unknown[]]>([
    ['onlineStatus.lifetime', [0.5, 4, 1e6], [0, -1, Number.POSITIVE_INFINITY, '4']],
    ['knocks.timeout', [0, 0.25, 5], [-0.1, Number.NaN, '5']],
  ])('%s may be a part of a minute', (path, valid, invalid) => {
    expect(valid.filter((value) => !isValid(path, value))).toEqual([]);
    expect(invalid.filter((value) => isValid(path, value))).toEqual([]);
  });
});

describe('a text', () => {
  test.each<[path: string, valid: unknown[], invalid: unknown[]]>([
    ['bots.isolation', ['thread', 'process', 'none'], ['Thread', 'vm', '']],
    ['bots.environment', [[], ['HOME', '_x1']], [['MY KEY'], ['1A'], ['A=B'], [''], 'HOME', [1]]],
    ['bots.subscriber.channel', ['x', '漢'.repeat(100)], ['', 'x'.repeat(101), 5]],
    ['logs.level', ['trace', 'error'], ['fatal', 'INFO', '']],
    ['uploads.types.image', [['png'], ['png', '7z']], [[], ['.png'], ['PNG'], ['image/png'], ['']]],
    ['avatars.types', [['webp']], [[], ['*']]],
    ['database.url', ['chat.sqlite', 'file:chat.sqlite', 'sqlite:/tmp/a b'], ['', 'postgres://host/db']],
    ['http.host', ['0.0.0.0', '::1', 'localhost'], ['', 127]],
    ['http.origins', [[], ['https://chat.example.com']], [['chat.example.com'], 'https://a.example']],
    ['library', [true, false, [], ['RollBot']], ['RollBot', [1], {}, null]],
    ['keys', [{}, { BOT_A: '' }, { _a: undefined }], [{ 'my key': 'a' }, { '1A': 'a' }, { BOT_A: 1 }]],
  ])('is one of those that %s takes', (path, valid, invalid) => {
    expect(valid.filter((value) => !isValid(path, value))).toEqual([]);
    expect(invalid.filter((value) => isValid(path, value))).toEqual([]);
  });
});

test.each([
  ['bots.subscriber.queud', true],
  ['uploads.limits.picture', 1],
  ['http.limits.idel', 1],
  ['http.ratelimits', {}],
  ['nothing', undefined],
])('a setting that does not exist is not ignored: %s', (path, value) => {
  expect(isValid(path, value)).toBe(false);
});

describe('listeners', () => {
  const listen = () => {};
  test.each<[string, unknown, string]>([
    ['no object', listen, 'must be an object like { BotActionFailed: (event) => … }'],
    ['a list', [listen], 'must be an object like { BotActionFailed: (event) => … }'],
    ['a misspelt event', { NewMesage: listen }, 'there is no event "NewMesage". Did you mean "NewMessage"?'],
    ['an event like none', { x: listen }, 'there is no event "x"'],
    ['a name that every object has', { constructor: listen }, 'there is no event "constructor"'],
    ['a name instead of a function', { NewMessage: 'log' }, '"NewMessage" must be a function'],
    ['one of several', { NewBot: listen, NewMessage: undefined }, '"NewMessage" must be a function'],
  ])('%s', (_, listeners, message) => {
    expect(problems({ listeners })).toEqual({ listeners: message });
  });

  test('are functions by the names of events', () => {
    expect(configSchema.parse({ listeners: { NewMessage: listen } }).listeners).toEqual({
      NewMessage: listen,
    });
  });
});

test('empty keys are left out, so that they do not hide those of the environment', () => {
  expect(configSchema.parse({ keys: { A: '', B: undefined, C: '0' } }).keys).toEqual({ C: '0' });
});

test('defaults are made anew for each configuration, so that one cannot change another', () => {
  const [one, other] = [configSchema.parse({}), configSchema.parse({})];
  expect(one).toEqual(other);
  expect(one.uploads.types.image).not.toBe(other.uploads.types.image);
});
