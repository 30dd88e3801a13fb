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
  ['MESSENGER_DATABASE_URL', undefined, 'file:chat.sqlite', 'file:chat.sqlite'],
  ['MESSENGER_DATABASE_BUSY_TIMEOUT', 10_000, '500', 500],
  ['MESSENGER_HTTP_HOST', '127.0.0.1', '::1', '::1'],
  ['MESSENGER_HTTP_PORT', undefined, '0', 0],
  ['MESSENGER_HTTP_ESCAPE_HTML', false, 'true', true],
  ['MESSENGER_LIMIT_BOTS', 100, '5', 5],
  ['MESSENGER_LIMIT_ACTIONS', 200, '5', 5],
  ['MESSENGER_LIMIT_ACTIONS_SIZE', 2048, '10', 10],
  ['MESSENGER_LIMIT_TRIGGERS', 1000, '5', 5],
  ['MESSENGER_LIMIT_TRIGGER_LENGTH', 255, '5', 5],
  ['MESSENGER_LIMIT_PAYLOAD', 64, '5', 5],
  ['MESSENGER_LIMIT_PAYLOAD_TEXT', 10_000, '5', 5],
  ['MESSENGER_LIMIT_EXTRA', 64, '5', 5],
  ['MESSENGER_RATE_LIMIT_API', 1000, '0', 0],
  ['MESSENGER_RATE_LIMIT_MESSAGE', 60, '1', 1],
  ['MESSENGER_RATE_LIMIT_ATTACHMENT', 15, '2', 2],
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

test.each([
  ['MESSENGER_KNOCKS_TIMEOUT', 'soon', /MESSENGER_KNOCKS_TIMEOUT must be a number, not "soon"/],
  ['MESSENGER_MESSAGE_IMAGE_MIME_TYPES', 'png,.jpg', /uploads\.types\.image/],
  ['MESSENGER_DATABASE_URL', 'postgres://chat@db/chat', /database\.url/],
  ['MESSENGER_RATE_LIMIT_API', '-1', /http\.rateLimits\.api/],
])('%s cannot be %s', async (name, text, problem) => {
  const loading = load({ [name]: text });
  await expect(loading).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
  await expect(loading).rejects.toThrow(problem);
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
