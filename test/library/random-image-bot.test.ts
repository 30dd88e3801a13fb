import { beforeAll, describe, expect, test } from 'vitest';
import { messageTypes } from '../../src/domain/message.ts';
import { AttachedHandler } from '../support/attached-handler.ts';
import type { Network } from '../support/network.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

/** One grey point. */
const image = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);
const address = 'https://pictures.example.com/random?size=s&token=secret';
const params = { match: 'exact:caseless', triggers: ['!image'] };

type Trouble = [name: string, set: (network: Network) => Promise<void>, code: string];

const troubles: Trouble[] = [
  ['cannot be reached', (network) => network.down(), 'FILE_UNREADABLE'],
  ['answers 500', (network) => network.answerRaw(image, {}, 500), 'FILE_UNREADABLE'],
  ['has not answered at the deadline', (network) => network.hang(10_000), 'FILE_UNREADABLE'],
  [
    'has not sent all of the image at the deadline',
    (network) => network.hang(10_000, (response) => response.write(image.subarray(0, 40))),
    'FILE_UNREADABLE',
  ],
  ['answers with what is no image', (network) => network.answerRaw('<p>It works!</p>'), 'EFFECT_REFUSED'],
  ['answers with nothing', (network) => network.answerRaw(''), 'EFFECT_REFUSED'],
  [
    'answers with too large an image',
    (network) => network.answerRaw(Buffer.concat([image, Buffer.alloc(5_120 * 1_024)])),
    'FILE_TOO_LARGE',
  ],
];

describe('RandomImageBot', () => {
  let attached: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    attached = await AttachedHandler.open(
      'RandomImageBot',
      { params, environment: { BOT_RANDOM_IMAGE_URL: address } },
      atEnd,
    );
  });

  /** The images of the group, newest first. */
  const images = async () => {
    const messages = await attached.testGroup.app.store.messages.newest(attached.testGroup.thread.id, 1_000);
    return messages.filter((message) => message.type === messageTypes.IMAGE_MESSAGE);
  };

  test('posts the image that the service answers with', async () => {
    await attached.network.answerRaw(image, { 'content-type': 'image/png' });
    const [types, , handled, ...more] = await attached.watch('!Image');
    expect([types, handled, more]).toEqual(['types', 'handled random_image', []]);
    expect(attached.lastAsked).toBe(address);
    expect((await images()).map(({ owner }) => owner.type)).toEqual(['bot']);
    expect(await attached.rests()).toBe(true);
  });

  test('waits for the image until the deadline', async () => {
    const before = await images();
    await attached.network.answerAfter(9_999, image);
    expect((await attached.watch('!image')).at(-1)).toBe('handled random_image');
    expect(await images()).toHaveLength(before.length + 1);
  });

  test.each(troubles)('posts nothing and does not rest when the service %s', async (_, set, code) => {
    const before = await images();
    await set(attached.network);
    expect(await attached.watch('!image')).toEqual(['types', 'stops typing', `failed random_image ${code}`]);
    expect(await images()).toEqual(before);
    expect(await attached.rests()).toBe(false);
  });
});

describe('RandomImageBot without the address of a service', () => {
  test('says so, asks nobody and does not rest', async () => {
    const attached = await AttachedHandler.open('RandomImageBot', { params });
    expect(await attached.say('!image')).toEqual(['Random images are not configured here yet.']);
    expect(attached.network.asked).toEqual([]);
    expect(await attached.rests()).toBe(false);
  });

  test('fails when the address is none', async () => {
    const attached = await AttachedHandler.open('RandomImageBot', {
      params,
      environment: { BOT_RANDOM_IMAGE_URL: 'cats' },
    });
    expect(await attached.watch('!image')).toEqual([
      'types',
      'stops typing',
      'failed random_image HANDLER_THREW',
    ]);
    expect(await attached.rests()).toBe(false);
  });
});
