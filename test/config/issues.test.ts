import { expect, test } from 'vitest';
import { issuesText } from '../../src/config/issues.ts';
import { configSchema } from '../../src/config/schema.ts';

/** What is said about an invalid configuration. */
function text(config: unknown, environment: NodeJS.ProcessEnv = {}): string {
  const { error } = configSchema.safeParse(config);
  return error ? issuesText(error, environment) : '';
}

test.each<[string, unknown, RegExp | string]>([
  ['a wrong value is named with its setting', { bots: { memory: 1 } }, /^Too small: .* at bots\.memory$/],
  ['a wrong whole has no setting', 'text', /^Invalid input: expected object, received string$/],
  [
    'an item of a list has its place',
    { uploads: { types: { image: ['png', '.jpg'] } } },
    /at uploads\.types\.image\.1$/,
  ],
  ['an unknown setting at the top', { bot: {} }, 'there is no setting "bot". Did you mean "bots"?'],
  [
    'an unknown setting inside, with the nearest one of the same place',
    { http: { limits: { conections: 1 } } },
    'there is no setting "http.limits.conections". Did you mean "connections"?',
  ],
  ['an unknown setting like no other', { http: { zzzz: 1 } }, 'there is no setting "http.zzzz"'],
  [
    'several unknown settings of one place',
    { knocks: { timout: 1, enable: true } },
    'there is no setting "knocks.timout". Did you mean "timeout"?; there is no setting "knocks.enable". Did you mean "enabled"?',
  ],
  [
    'several errors on one line',
    { http: { host: '', port: -1 } },
    /^Too small: .* at http\.host; Too small: .* at http\.port$/,
  ],
  ['names that break lines stay on theirs', { 'a.b': 1 }, 'there is no setting "a.b"'],
])('%s', (_, config, expected) => {
  if (typeof expected === 'string') expect(text(config)).toBe(expected);
  else expect(text(config)).toMatch(expected);
});

test.each<[string, unknown, NodeJS.ProcessEnv, string]>([
  [
    'that set it',
    { http: { port: -1 } },
    { MESSENGER_HTTP_PORT: '-1' },
    'at http.port (from MESSENGER_HTTP_PORT)',
  ],
  ['that is empty and so set nothing', { http: { port: -1 } }, { MESSENGER_HTTP_PORT: '' }, 'at http.port'],
  ['of another setting', { http: { port: -1 } }, { MESSENGER_HTTP_HOST: 'x' }, 'at http.port'],
  [
    'that set a list, for an item of it',
    { avatars: { types: ['*'] } },
    { MESSENGER_AVATARS_MIME_TYPES: '*' },
    'at avatars.types.0 (from MESSENGER_AVATARS_MIME_TYPES)',
  ],
])('an error names the variable %s', (_, config, environment, end) => {
  expect(text(config, environment).endsWith(end)).toBe(true);
});
