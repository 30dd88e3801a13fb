import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import { type Sample, samples } from '../support/file-bytes.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { type Answer, type Role, TestServer } from '../support/test-server.ts';

const atEnd = endAfterAll();
let testServer: TestServer;
beforeAll(async () => {
  const limits = { image: 1, document: 4, audio: 4, video: 4 };
  testServer = await TestServer.open(
    {},
    { uploads: { limits }, avatars: { limit: 1 }, http: { rateLimits: { attachment: 0 } } },
    atEnd,
  );
});

const path = (folder: string) => `/threads/${testServer.thread.id}/${folder}`;

/** A form with a file and other fields. */
function form(field: string, bytes: Uint8Array, name: string, others: Record<string, string> = {}): FormData {
  const data = new FormData();
  data.set(field, new Blob([new Uint8Array(bytes)]), name);
  for (const [key, value] of Object.entries({ temporary_id: 'tmp', ...others })) data.set(key, value);
  return data;
}

/** Sends a sample; gives the message. */
async function upload(folder: string, field: string, sample: Sample, name: string): Promise<Answer> {
  return testServer.call('POST', path(folder), form(field, samples[sample], name));
}

const folders = [
  ['images', 'image', 'png', 'My cat!.png', 1, 'IMAGE_MESSAGE', 'gallery'],
  ['documents', 'document', 'pdf', 'plan.pdf', 2, 'DOCUMENT_MESSAGE', 'files'],
  ['audio', 'audio', 'mp3', 'song.mp3', 3, 'AUDIO_MESSAGE', 'audio'],
  ['videos', 'video', 'mp4', 'film.mp4', 4, 'VIDEO_MESSAGE', 'videos'],
] as const;

test('of several files the last one under the right name is sent', async () => {
  const several = form('image', samples.png, 'first.png');
  several.append('other', new Blob([new Uint8Array(samples.pdf)]), 'plan.pdf');
  several.append('image', new Blob([new Uint8Array(samples.png)]), 'second.png');
  const { status, body } = await testServer.call('POST', path('images'), several);
  expect([status, body.body]).toEqual([201, expect.stringMatching(/^second_/)]);
});

describe.each(folders)('%s', (folder, field, sample, name, type, verbose, assets) => {
  test('are sent as messages, listed and fetched without login', async () => {
    const { status, body } = await testServer.call(
      'POST',
      path(folder),
      form(field, samples[sample], name, { temporary_id: 'abc', extra: '{"a":1}' }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      type,
      type_verbose: verbose,
      temporary_id: 'abc',
      extra: { a: 1 },
      embeds: false,
    });
    expect(body.body).toMatch(new RegExp(`^[\\w-]+_[0-9a-f-]{36}\\.${sample}$`));
    const list = (await testServer.call('GET', path(folder))).body;
    expect(list.data[0].id).toBe(body.id);
    expect((await testServer.call('GET', `${path(folder)}/page/${body.id}`)).body.meta.index).toBe(false);
    const address: string = field === 'image' ? body.image.lg : body[field];
    expect(address).toContain(`/messenger/assets/threads/${testServer.thread.id}/${assets}/${body.id}/`);
    const response = await fetch(`${testServer.server.url}${address}`);
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'public, max-age=86400']);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(samples[sample]);
  });

  test('are needed', async () => {
    const data = new FormData();
    data.set('temporary_id', 't');
    const { status, body } = await testServer.call('POST', path(folder), data);
    expect([status, body.errors]).toEqual([422, { [field]: [`The ${field} field is required.`] }]);
    expect((await testServer.call('POST', path(folder), {})).body.errors).toMatchObject({
      temporary_id: ['The temporary id field is required.'],
    });
  });

  test('are of their kind, whatever their name says', async () => {
    const { status, body } = await testServer.call('POST', path(folder), form(field, samples.exe, name));
    expect(status).toBe(422);
    expect(body.errors[field][0]).toMatch(new RegExp(`^The ${field} field must be a file of type: .*\\.$`));
  });

  test('are refused when they are too large, and nothing is kept', async () => {
    const before = (await testServer.call('GET', path(folder))).body.meta.total;
    const large = Buffer.concat([samples[sample], Buffer.alloc(20_000, 1)]);
    const { status, body } = await testServer.call('POST', path(folder), form(field, large, name));
    const limit = field === 'image' ? 1 : 4;
    expect([status, body.errors]).toEqual([
      422,
      { [field]: [`The ${field} field must not be greater than ${limit} kilobytes.`] },
    ]);
    expect((await testServer.call('GET', path(folder))).body.meta.total).toBe(before);
  });

  test.each<Role>(['outsider'])('are not sent by an %s', async (role) => {
    const { status, body } = await testServer.call(
      'POST',
      path(folder),
      form(field, samples[sample], name),
      role,
    );
    expect([status, body.message]).toEqual([403, `Not authorized to upload ${field} messages.`]);
  });
});

describe('files', () => {
  test('come as attachments, or to be shown where that is asked for; a browser runs nothing of them', async () => {
    const { body } = await upload('documents', 'document', 'pdf', 'plan.pdf');
    const fetchIt = (query: string) => fetch(`${testServer.server.url}${body.document}${query}`);
    const [kept, shown] = [await fetchIt(''), await fetchIt('?stream=true')];
    expect(kept.headers.get('content-disposition')).toBe(`attachment; filename="${body.body}"`);
    expect(shown.headers.get('content-disposition')).toBe(`inline; filename="${body.body}"`);
    expect(shown.headers.get('content-type')).toBe('application/pdf');
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');
  });

  test.each([
    ['bytes=0-3', 206, 'bytes 0-3/', 4],
    ['bytes=-2', 206, 'bytes ', 2],
    ['bytes=5-', 206, 'bytes 5-', undefined],
    ['bytes=99999-', 416, 'bytes */', 0],
    ['bytes=3-1', 200, null, undefined],
    ['lines=1-2', 200, null, undefined],
  ])('are answered in parts: %s', async (range, status, contentRange, length) => {
    const { body } = await upload('audio', 'audio', 'mp3', 'song.mp3');
    const response = await fetch(`${testServer.server.url}${body.audio}`, { headers: { range } });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(response.status).toBe(status);
    const given = response.headers.get('content-range');
    if (contentRange === null) expect(given).toBeNull();
    else expect(given).toContain(contentRange);
    if (length !== undefined) expect(bytes.length).toBe(length);
    else if (status === 206) expect(bytes).toEqual(samples.mp3.subarray(5));
    else expect(bytes).toEqual(samples.mp3);
  });

  test.each([
    ['files', 'another.pdf', 404],
    ['files', '..%2f..%2fmessenger.sqlite', 404],
    ['files', '%2e%2e%2f%2e%2e', 404],
    ['audio', '', 404],
    ['gallery', 'lg/another.png', 404],
  ])('are found by their own name alone: %s %s', async (folder, file, status) => {
    const { body } = await upload('documents', 'document', 'pdf', 'plan.pdf');
    const base = `/messenger/assets/threads/${testServer.thread.id}/${folder}`;
    const address = folder === 'gallery' ? `${base}/${newId()}/${file}` : `${base}/${body.id}/${file}`;
    expect((await testServer.request(address)).status).toBe(status);
  });

  test('of removed messages are gone', async () => {
    const { body } = await upload('documents', 'document', 'pdf', 'plan.pdf');
    await testServer.call('DELETE', `${path('messages')}/${body.id}`);
    expect((await testServer.request(body.document)).status).toBe(404);
  });
});

describe('images', () => {
  test('come in three sizes; under a wrong name the default image comes', async () => {
    const { body } = await upload('images', 'image', 'png', 'cat.png');
    for (const size of ['sm', 'md', 'lg'] as const) {
      const { status, headers } = await testServer.request(body.image[size]);
      expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
    }
    const wrong = await testServer.request(body.image.lg.replace(body.body, 'other.png'));
    expect([wrong.status, wrong.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await testServer.request(body.image.lg.replace('/lg/', '/xl/'))).status).toBe(404);
  });
});

describe('the picture of a group', () => {
  test('is set, replaced and taken away', async () => {
    const heard = testServer.listen('ThreadAvatar', 'NewMessage');
    const set = await testServer.call('POST', path('avatar'), form('image', samples.png, 'group.png'));
    expect(set.status).toBe(200);
    const first: string = set.body.avatar.lg;
    expect(first).toMatch(/\/avatar\/lg\/group_[0-9a-f-]{36}\.png$/);
    expect((await testServer.request(first)).text).toBe(Buffer.from(samples.png).toString('utf8'));
    await testServer.call('POST', path('avatar'), form('image', samples.gif, 'group.gif'));
    expect((await testServer.request(first)).headers.get('content-type')).toBe('image/png');
    for (let times = 0; times < 2; times++) {
      expect((await testServer.call('DELETE', path('avatar'))).status).toBe(204);
    }
    expect((await testServer.call('GET', path('settings'))).body.avatar.lg).toMatch(/default\.png$/);
    expect(heard).toEqual(Array.from({ length: 3 }, () => ['NewMessage', 'ThreadAvatar']).flat());
    expect((await testServer.systemMessages()).at(-1)).toBe('91 updated the avatar');
  });

  test.each([
    [samples.pdf, 'The image field must be a file of type: jpg, jpeg, png, bmp, gif, webp.'],
    [
      Buffer.concat([samples.png, Buffer.alloc(3000)]),
      'The image field must not be greater than 1 kilobytes.',
    ],
  ])('is a picture, and no larger than allowed: %#', async (bytes, sentence) => {
    const { status, body } = await testServer.call('POST', path('avatar'), form('image', bytes, 'group.png'));
    expect([status, body.errors]).toEqual([422, { image: [sentence] }]);
  });
});
