import { describe, expect, test } from 'vitest';
import { environmentVariables } from '../../src/config/environment.ts';
import { loadConfig } from '../../src/config/load.ts';
import { makeWorkspace } from '../support/workspace.ts';

const load = (environment: NodeJS.ProcessEnv, written: unknown = {}) =>
  loadConfig(
    makeWorkspace({ 'messenger.config.mjs': `export default ${JSON.stringify(written)};` }),
    environment,
  );

/** What is at a path. */
const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce((inner: unknown, key) => Reflect.get(Object(inner), key), value);

const images = ['jpg', 'jpeg', 'png', 'bmp', 'gif', 'webp'];
const documents = [
  'csv',
  'doc',
  'docx',
  'json',
  'pdf',
  'ppt',
  'pptx',
  'rar',
  'rtf',
  'txt',
  'xls',
  'xlsx',
  'xml',
];

/** Every variable of the contract: its default, a text, and what that sets. */
const variables: ReadonlyArray<[name: string, usual: unknown, text: string, set: unknown]> = [
  ['MESSENGER_BOTS_ENABLED', false, 'true', true],
  ['MESSENGER_MESSAGE_SIZE_LIMIT', 5000, '100', 100],
  ['MESSENGER_MESSAGE_IMAGE_UPLOAD', true, 'false', false],
  ['MESSENGER_MESSAGE_IMAGE_SIZE_LIMIT', 5120, '1', 1],
  ['MESSENGER_MESSAGE_IMAGE_MIME_TYPES', images, 'png, JPG', ['png', 'jpg']],
  ['MESSENGER_MESSAGE_DOCUMENT_UPLOAD', true, '0', false],
  ['MESSENGER_MESSAGE_DOCUMENT_SIZE_LIMIT', 10240, '2', 2],
  ['MESSENGER_MESSAGE_DOCUMENT_MIME_TYPES', [...documents, 'zip', '7z'], 'pdf', ['pdf']],
  ['MESSENGER_MESSAGE_AUDIO_UPLOAD', true, 'off', false],
  ['MESSENGER_MESSAGE_AUDIO_SIZE_LIMIT', 10240, '3', 3],
  [
    'MESSENGER_MESSAGE_AUDIO_MIME_TYPES',
    ['aac', 'mp3', 'oga', 'ogg', 'wav', 'weba', 'webm'],
    'mp3,ogg',
    ['mp3', 'ogg'],
  ],
  ['MESSENGER_MESSAGE_VIDEO_UPLOAD', true, 'no', false],
  ['MESSENGER_MESSAGE_VIDEO_SIZE_LIMIT', 15360, '4', 4],
  [
    'MESSENGER_MESSAGE_VIDEO_MIME_TYPES',
    ['avi', 'mp4', 'ogv', 'webm', '3gp', '3g2', 'wmv', 'mov'],
    'mp4',
    ['mp4'],
  ],
  ['MESSENGER_THREAD_AVATARS_ENABLED', true, 'false', false],
  ['MESSENGER_BOT_AVATARS_ENABLED', true, 'false', false],
  ['MESSENGER_AVATARS_SIZE_LIMIT', 5120, '5', 5],
  ['MESSENGER_AVATARS_MIME_TYPES', images, 'gif', ['gif']],
  ['MESSENGER_CALLING_ENABLED', false, '1', true],
  ['MESSENGER_SYSTEM_MESSAGES_ENABLED', true, 'false', false],
  ['MESSENGER_MESSAGE_EDITS_ENABLED', true, 'false', false],
  ['MESSENGER_MESSAGE_EDITS_VIEW_HISTORY', true, 'false', false],
  ['MESSENGER_MESSAGE_REACTIONS_ENABLED', true, 'false', false],
  ['MESSENGER_MESSAGE_REACTIONS_MAX_UNIQUE', 10, '3', 3],
  ['MESSENGER_INVITES_ENABLED', true, 'false', false],
  ['MESSENGER_INVITES_THREAD_MAX', 3, '0', 0],
  ['MESSENGER_KNOCKS_ENABLED', true, 'false', false],
  ['MESSENGER_KNOCKS_TIMEOUT', 5, '0', 0],
  ['MESSENGER_ONLINE_STATUS_ENABLED', true, 'false', false],
  ['MESSENGER_ONLINE_STATUS_LIFETIME', 4, '1', 1],
  ['MESSENGER_BOTS_ISOLATION', 'thread', 'process', 'process'],
  ['MESSENGER_DATABASE_URL', undefined, 'file:chat.sqlite', 'file:chat.sqlite'],
  ['MESSENGER_DATABASE_BUSY_TIMEOUT', 10_000, '500', 500],
  ['MESSENGER_HTTP_HOST', '127.0.0.1', '::1', '::1'],
  ['MESSENGER_HTTP_PORT', undefined, '0', 0],
  ['MESSENGER_HTTP_ESCAPE_HTML', false, 'true', true],
  ['MESSENGER_LIMIT_BOTS', 500, '5', 5],
  ['MESSENGER_LIMIT_ACTIONS', 200, '5', 5],
  ['MESSENGER_LIMIT_ACTIONS_SIZE', 512, '10', 10],
  ['MESSENGER_LIMIT_TRIGGERS', 1000, '5', 5],
  ['MESSENGER_LIMIT_TRIGGER_LENGTH', 255, '5', 5],
  ['MESSENGER_LIMIT_PAYLOAD', 64, '5', 5],
  ['MESSENGER_LIMIT_PAYLOAD_TEXT', 10_000, '5', 5],
  ['MESSENGER_LIMIT_EXTRA', 64, '5', 5],
  ['MESSENGER_RATE_LIMIT_API', 1000, '0', 0],
  ['MESSENGER_RATE_LIMIT_MESSAGE', 60, '1', 1],
  ['MESSENGER_RATE_LIMIT_ATTACHMENT', 15, '2', 2],
  ['MESSENGER_RATE_LIMIT_ASSETS', 3000, '2', 2],
];

test('the table has every variable', () => {
  expect(Object.keys(environmentVariables).sort()).toEqual(variables.map(([name]) => name).sort());
});

describe.each(variables)('%s', (name, usual, text, set) => {
  const path = environmentVariables[name]?.[0] ?? '';

  test('has its default', async () => {
    expect(at(await load({}), path)).toEqual(usual);
  });

  test('stands over the file, unless it is empty', async () => {
    const written = path.split('.').reduceRight((inner: unknown, key) => ({ [key]: inner }), usual);
    expect(at(await load({ [name]: text }, written), path)).toEqual(set);
    expect(at(await load({ [name]: '' }, written), path)).toEqual(usual);
  });
});

const switches = variables.filter(([, usual]) => typeof usual === 'boolean').map(([name]) => name);
const numbers = variables.filter(([, , , set]) => typeof set === 'number').map(([name]) => name);

describe('a switch', () => {
  test.each([
    ...['1', 'true', 'TRUE', 'on', 'Yes', ' true ', '\tyes\n'].map((text) => [text, true] as const),
    ...['0', 'false', 'False', 'off', 'NO', ' false '].map((text) => [text, false] as const),
  ])('that is %j stands over the file: %s', async (text, set) => {
    for (const name of switches) {
      const path = environmentVariables[name]?.[0] ?? '';
      const written = path.split('.').reduceRight((inner: unknown, key) => ({ [key]: inner }), !set);
      expect([name, at(await load({ [name]: text }, written), path)]).toEqual([name, set]);
    }
  });

  test.each(['banana', 'perhaps', '2', 'truee', ' ', 'on off', '-1'])('cannot be %j', async (text) => {
    for (const name of switches) {
      await expect(load({ [name]: text })).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        message: `The configuration in the environment cannot be used: ${name} must be true, false, 1, 0, on, off, yes or no, not "${text}". Nothing was changed; correct it and try again.`,
      });
    }
  });
});

test.each(['soon', ' ', '1 2', '1,5', '1e3', '0x10', 'Infinity', '5 KB', '1_000'])(
  'no number can be %j',
  async (text) => {
    for (const name of numbers)
      await expect(load({ [name]: text })).rejects.toThrow(`${name} must be a number, not "${text}"`);
  },
);

test.each([
  ['MESSENGER_MESSAGE_IMAGE_MIME_TYPES', 'png,.jpg', /MESSENGER_MESSAGE_IMAGE_MIME_TYPES .*"png,\.jpg"/],
  [
    'MESSENGER_AVATARS_MIME_TYPES',
    ',',
    /MESSENGER_AVATARS_MIME_TYPES must be a list of endings like "png,jpg"/,
  ],
  ['MESSENGER_DATABASE_URL', 'postgres://chat@db/chat', /database\.url \(from MESSENGER_DATABASE_URL\)/],
  ['MESSENGER_RATE_LIMIT_API', '-1', /at http\.rateLimits\.api \(from MESSENGER_RATE_LIMIT_API\)/],
  [
    'MESSENGER_MESSAGE_SIZE_LIMIT',
    '1.5',
    /int.* at messages\.sizeLimit \(from MESSENGER_MESSAGE_SIZE_LIMIT\)/,
  ],
  ['MESSENGER_HTTP_PORT', '70000', /65535 at http\.port \(from MESSENGER_HTTP_PORT\)/],
  ['MESSENGER_HTTP_HOST', '  ', /MESSENGER_HTTP_HOST must be a text/],
])('%s cannot be %s', async (name, text, problem) => {
  const loading = load({ [name]: text });
  await expect(loading).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await expect(loading).rejects.toThrow(problem);
});

test.each([
  [' TRUE ', true],
  ['banana', undefined],
])('BOT_AUTO_REGISTER_ALL is read like every switch: %j', async (text, expected) => {
  const loading = load({ BOT_AUTO_REGISTER_ALL: text });
  if (expected !== undefined) return expect((await loading).library).toBe(expected);
  await expect(loading).rejects.toThrow(
    'BOT_AUTO_REGISTER_ALL must be true, false, 1, 0, on, off, yes or no',
  );
});

test('the rest of what the file says stays as it is', async () => {
  const { knocks, http } = await load(
    { MESSENGER_KNOCKS_TIMEOUT: '1' },
    { knocks: { enabled: false }, http: { port: 1 } },
  );
  expect(knocks).toEqual({ enabled: false, timeout: 1 });
  expect(http.port).toBe(1);
});

test.each([
  [{ auth: 'me' }, /auth/],
  [{ origins: ['not an origin'] }, /origins/],
  [{ port: 70_000 }, /port/],
])('http cannot be %j', async (http, problem) => {
  await expect(load({}, { http })).rejects.toThrow(problem);
});
