import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Picture, Pictures } from '../../src/http/pictures.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const limits = { waiting: 3, waitTime: 30_000 };

const picture = (
  path: string,
  read: Picture['read'] = async () => new TextEncoder().encode(path),
): Picture => ({
  path,
  key: path,
  read,
});

const textOf = (copy: Uint8Array | string) =>
  copy instanceof Uint8Array ? new TextDecoder().decode(copy) : copy;

/** Scales by appending the size, one picture whenever it is told to. */
function bench() {
  const begun: string[] = [];
  const waiting: Array<() => void> = [];
  const pictures = new Pictures(async (bytes, size) => {
    begun.push(`${textOf(bytes)} ${size}`);
    await new Promise<void>((resolve) => waiting.push(resolve));
    return textOf(bytes).startsWith('broken')
      ? 'asItIs'
      : new TextEncoder().encode(`${textOf(bytes)} ${size}`);
  }, limits);
  /** Lets what is under way end, until nothing waits. */
  const finish = async (all: Promise<unknown>) => {
    let isDone = false;
    const done = all.finally(() => {
      isDone = true;
    });
    while (!isDone) {
      waiting.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await done;
  };
  return { begun, pictures, finish };
}

describe('small copies', () => {
  test('are made once, however many ask for one at the same time and later', async () => {
    const { begun, pictures, finish } = bench();
    const all = Promise.all(Array.from({ length: 100 }, () => pictures.scaled(picture('a.png'), 150)));
    await finish(all);
    expect(new Set((await all).map(textOf))).toEqual(new Set(['a.png 150']));
    expect(textOf(await pictures.scaled(picture('a.png'), 150))).toBe('a.png 150');
    expect(begun).toEqual(['a.png 150']);
  });

  test('are made one after the other', async () => {
    const { begun, pictures, finish } = bench();
    const all = Promise.all(['a.png', 'b.png', 'c.png'].map((path) => pictures.scaled(picture(path), 300)));
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual(['a.png 300']);
    await finish(all);
    expect(begun).toEqual(['a.png 300', 'b.png 300', 'c.png 300']);
  });

  test('are not tried again of what cannot be scaled', async () => {
    const { begun, pictures, finish } = bench();
    await finish(pictures.scaled(picture('broken.png'), 150));
    expect(await pictures.scaled(picture('broken.png'), 150)).toBe('asItIs');
    expect(begun).toHaveLength(1);
  });

  test('are not waited for where too many wait already, or where one takes too long', async () => {
    const { begun, pictures, finish } = bench();
    const all = Promise.all(['a.png', 'b.png', 'c.png'].map((path) => pictures.scaled(picture(path), 150)));
    expect(await pictures.scaled(picture('d.png'), 150)).toBe('forNow');
    await finish(all);
    expect(begun).not.toContain('d.png 150');

    const never = new Pictures(() => new Promise(() => {}), { waiting: 3, waitTime: 1 });
    expect(await never.scaled(picture('a.png'), 150)).toBe('forNow');
  });

  test('are tried again of what could not be read', async () => {
    const { pictures, finish } = bench();
    const unreadable = picture('a.png', () => Promise.reject(new Error('EMFILE')));
    expect(await pictures.scaled(unreadable, 150)).toBe('forNow');
    const again = pictures.scaled(picture('a.png'), 150);
    await finish(again);
    expect(textOf(await again)).toBe('a.png 150');
  });

  test.each(['a.gif', 'a.svg', 'a.webp', 'A.GIF'])('are not made of %s', async (path) => {
    const { begun, pictures } = bench();
    expect(await pictures.scaled(picture(path), 150)).toBe('asItIs');
    expect(begun).toEqual([]);
  });
});

describe('pictures over HTTP', () => {
  const atEnd = endAfterAll();
  let testServer: TestServer;
  beforeAll(async () => {
    testServer = await TestServer.open({}, { http: { rateLimits: { assets: 130 } } }, atEnd);
  });

  async function send(bytes: Buffer): Promise<{ sm: string; lg: string }> {
    const form = new FormData();
    form.set('image', new Blob([Uint8Array.from(bytes)]), 'picture.png');
    form.set('temporary_id', 't');
    return (await testServer.call('POST', `/threads/${testServer.thread.id}/images`, form)).body.image;
  }

  const get = (path: string) => fetch(`${testServer.server.url}${path}`);

  test('a hundred who ask for one of 49 megapixels get one small copy, and nobody else waits', async () => {
    const huge = sharp({ create: { width: 7_000, height: 7_000, channels: 3, background: '#336699' } });
    const { sm, lg } = await send(await huge.png({ compressionLevel: 9 }).toBuffer());
    const small = Array.from({ length: 100 }, () => get(sm));
    expect((await get(lg)).status).toBe(200);
    const bodies = await Promise.all(
      small.map(async (answer) => Buffer.from(await (await answer).arrayBuffer())),
    );
    const { width } = await sharp(bodies[0]).metadata();
    expect([width, bodies.every((body) => body.equals(bodies[0] ?? Buffer.alloc(0)))]).toEqual([150, true]);
  });

  test('what begins like a picture and is none is answered as it is', async () => {
    const whole = await sharp({ create: { width: 400, height: 400, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const { sm } = await send(whole.subarray(0, 200));
    const answer = await get(sm);
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(whole.subarray(0, 200));
    expect(answer.headers.get('cache-control')).toBe('public, max-age=86400');
  });

  test('too many requests from an address are refused, until a minute has passed', async () => {
    const paths = [
      '/docs',
      '/api/messenger/openapi.json',
      '/messenger/assets/provider/user/1/sm/default.png',
    ];
    let refused = await get(paths[0] ?? '');
    for (let count = 0; count < 130 && refused.status !== 429; count++)
      refused = await get(paths[count % 3] ?? '');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60']);
    expect((await testServer.call('GET', '/threads')).status).toBe(200);
    testServer.testGroup.clock.advance(60_000);
    expect((await get(paths[2] ?? '')).status).toBe(200);
  });
});
