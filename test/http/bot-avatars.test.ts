import { readdirSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { type Sample, samples } from '../support/file-bytes.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  testServer = await TestServer.open({}, { avatars: { limit: 20 } }, atEnd);
});

const bots = () => `/threads/${testServer.thread.id}/bots`;
async function newBot(): Promise<string> {
  const fields = { name: 'Test Bot', enabled: true, hide_actions: false, cooldown: 0 };
  return (await testServer.call('POST', bots(), fields)).body.id;
}

const form = (bytes: Uint8Array, name: string, field = 'image'): FormData => {
  const data = new FormData();
  data.set(field, new Blob([new Uint8Array(bytes)]), name);
  return data;
};
const upload = (bot: string, bytes: Uint8Array, name: string, field?: string) =>
  testServer.call('POST', `${bots()}/${bot}/avatar`, form(bytes, name, field));

const photo = () =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: '#48c' } })
    .png()
    .toBuffer();

/** The files that are kept for a bot. */
const keptFor = (bot: string): string[] => {
  const folder = path.join(
    testServer.testGroup.workspace.storage,
    'threads',
    testServer.thread.id,
    'bots',
    bot,
    'avatar',
  );
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

describe('a picture', () => {
  test('is stored under a safe name, told of, and answered in three sizes', async () => {
    const bot = await newBot();
    const heard = testServer.listen('BotAvatar', 'BotUpdated', 'NewMessage');
    const { status, body } = await upload(bot, await photo(), '../../My cat!.jpeg');
    expect(status).toBe(200);
    expect(body).toMatchObject({ id: bot, actions_count: 0 });
    expect(body.avatar.lg).toMatch(/\/avatar\/lg\/Mycat_[0-9a-f-]{36}\.png$/);
    expect(heard).toEqual(['NewMessage', 'BotAvatar']);
    expect((await testServer.systemMessages()).at(-1)).toBe('102 updated the avatar for the BOT - Test Bot');
    const found = await Promise.all(
      ['sm', 'md', 'lg'].map(async (size) => {
        const response = await fetch(`${testServer.server.url}${body.avatar[size]}`);
        expect(response.headers.get('cache-control')).toBe('public, max-age=86400');
        expect(response.headers.get('content-type')).toBe('image/png');
        return (await sharp(Buffer.from(await response.arrayBuffer())).metadata()).width;
      }),
    );
    expect(found).toEqual([150, 300, 600]);
  });

  test('takes the place of the one before, whose file goes', async () => {
    const bot = await newBot();
    const { body: first } = await upload(bot, samples.png, 'first.png');
    const { body: second } = await upload(bot, samples.gif, 'second.gif');
    expect(second.avatar.lg).toContain('second_');
    expect(keptFor(bot)).toEqual([path.basename(second.avatar.lg)]);
    const old = await testServer.request(first.avatar.lg);
    expect(old.status).toBe(200);
    expect(old.headers.get('content-type')).toBe('image/png');
  });

  test.each<[Sample, string]>([
    ['jpg', 'image/jpeg'],
    ['png', 'image/png'],
    ['bmp', 'image/bmp'],
    ['gif', 'image/gif'],
    ['webp', 'image/webp'],
  ])('may be a %s, in every size', async (sample, type) => {
    const { status, body } = await upload(await newBot(), samples[sample], `a.${sample}`);
    expect(status).toBe(200);
    for (const size of ['sm', 'md', 'lg']) {
      const { headers } = await testServer.request(body.avatar[size]);
      expect(headers.get('content-type')).toBe(type);
    }
  });
});

const wrongType = 'The image field must be a file of type: jpg, jpeg, png, bmp, gif, webp.';

describe('no picture', () => {
  test.each<[string, () => Uint8Array, string, string]>([
    ['a text', () => Buffer.from('hello'), 'a.png', wrongType],
    ['nothing', () => new Uint8Array(), 'a.png', wrongType],
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'a.svg', wrongType],
    ['a PDF called .png', () => samples.pdf, 'a.png', wrongType],
    [
      'one byte too many',
      () => Buffer.concat([samples.png, Buffer.alloc(20 * 1024 + 1 - samples.png.length)]),
      'a.png',
      'The image field must not be greater than 20 kilobytes.',
    ],
    [
      'far too many',
      () => Buffer.alloc(30_000_000, 1),
      'a.png',
      'The image field must not be greater than 20 kilobytes.',
    ],
  ])('is %s', async (_, bytes, name, text) => {
    const bot = await newBot();
    const { status, body } = await upload(bot, bytes(), name);
    expect({ status, body }).toEqual({ status: 422, body: { message: text, errors: { image: [text] } } });
    expect(keptFor(bot)).toEqual([]);
  });

  test('is as large as it may be', async () => {
    const bytes = Buffer.concat([samples.png, Buffer.alloc(20 * 1024 - samples.png.length)]);
    expect((await upload(await newBot(), bytes, 'a.png')).status).toBe(200);
  });

  test.each<[string, () => unknown, string[]]>([
    ['no body', () => undefined, ['The image field is required.']],
    ['an empty object', () => ({}), ['The image field is required.']],
    ['a file of another field', () => form(samples.png, 'a.png', 'file'), ['The image field is required.']],
    ['a text', () => ({ image: 'cat.png' }), ['The image field must be a file.', wrongType]],
  ])('is %s', async (_, body, texts) => {
    const answer = await testServer.call('POST', `${bots()}/${await newBot()}/avatar`, body());
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual({ image: texts });
  });

  test('is told of after the path and before who may not', async () => {
    const unknown = await testServer.call(
      'POST',
      `${bots()}/${newId()}/avatar`,
      form(samples.pdf, 'a'),
      'outsider',
    );
    expect(unknown.status).toBe(404);
    const path = `${bots()}/${await newBot()}/avatar`;
    expect((await testServer.call('POST', path, form(samples.pdf, 'a'), 'outsider')).status).toBe(422);
    expect((await testServer.call('POST', path, form(samples.png, 'a'), 'outsider')).status).toBe(403);
  });
});

describe('taking a picture away', () => {
  test('answers nothing, tells of it, and removes the file', async () => {
    const bot = await newBot();
    await upload(bot, samples.png, 'a.png');
    const heard = testServer.listen('BotAvatar', 'NewMessage');
    expect((await testServer.call('DELETE', `${bots()}/${bot}/avatar`)).status).toBe(204);
    expect(heard).toEqual(['NewMessage', 'BotAvatar']);
    expect(keptFor(bot)).toEqual([]);
    const { body } = await testServer.call('GET', `${bots()}/${bot}`);
    expect(body.avatar.sm).toMatch(/\/sm\/default\.png$/);
  });

  test('tells nothing where there was none', async () => {
    const bot = await newBot();
    const heard = testServer.listen('BotAvatar', 'NewMessage');
    const { status, text } = await testServer.call('DELETE', `${bots()}/${bot}/avatar`);
    expect({ status, text, heard }).toEqual({ status: 204, text: '', heard: [] });
  });
});

describe('the pictures that anybody may see', () => {
  const assets = '/messenger/assets';
  test.each([
    [
      'a bot without one',
      async () => `/threads/${testServer.thread.id}/bots/${await newBot()}/avatar/md/default.png`,
    ],
    [
      'a wrong name',
      async () => `/threads/${testServer.thread.id}/bots/${await newBot()}/avatar/lg/other.png`,
    ],
    [
      'a name that leads out',
      async () => `/threads/${testServer.thread.id}/bots/${await newBot()}/avatar/lg/..%2f..%2fx`,
    ],
    ['a person', async () => `/provider/user/${newId()}/sm/default.png`],
    ['an unknown package', async () => '/bot-package/sm/nothing/avatar.png'],
    ['a package without the name of a file', async () => '/bot-package/sm/games_package'],
  ])('are a default one for %s', async (_, of) => {
    const { status, headers } = await testServer.request(`${assets}${await of()}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('image/png');
    expect(headers.get('cache-control')).toBe('public, max-age=86400');
  });

  test.each([
    [
      'an unknown size',
      async () => `/threads/${testServer.thread.id}/bots/${await newBot()}/avatar/xl/a.png`,
    ],
    ['an unknown bot', async () => `/threads/${testServer.thread.id}/bots/${newId()}/avatar/sm/a.png`],
    ['an unknown thread', async () => `/threads/${newId()}/bots/${newId()}/avatar/sm/a.png`],
  ])('are not there for %s', async (_, of) => {
    const { status, body } = await testServer.request(`${assets}${await of()}`);
    expect(status).toBe(404);
    expect(body.message).toMatch(/^Unable to locate the \w+ you requested\.$/);
  });
});

test('nothing can be changed while bots may have no pictures', async () => {
  const off = await TestServer.open({}, { avatars: { bots: false } }, atEnd);
  const fields = { name: 'Test Bot', enabled: true, hide_actions: false, cooldown: 0 };
  const { body: bot } = await off.call('POST', `/threads/${off.thread.id}/bots`, fields);
  const path = `/threads/${off.thread.id}/bots/${bot.id}/avatar`;
  const refused = { status: 403, body: { message: 'Bot avatars are currently disabled.' } };
  for (const method of ['POST', 'DELETE']) {
    const given = method === 'POST' ? form(samples.png, 'a.png') : undefined;
    const { status, body } = await off.call(method, path, given);
    expect({ status, body }).toEqual(refused);
  }
});

test('nothing went wrong inside', () => {
  expect(testServer.problems).toEqual([]);
});
