import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const link = (title: string) => `https://en.wikipedia.org/wiki/${title.replaceAll(' ', '_')}`;
const answer = (...titles: string[]) => ['pigeon', titles, titles.map(() => ''), titles.map(link)];

describe('WikiBot', () => {
  let attached: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    attached = await AttachedHandler.open('WikiBot', {}, atEnd);
  });

  test('posts titles with their links', async () => {
    await attached.network.answer(answer('Pigeon', 'Pigeon post'));
    const says =
      'says Pigeon: https://en.wikipedia.org/wiki/Pigeon\nPigeon post: https://en.wikipedia.org/wiki/Pigeon_post';
    expect(await attached.watch('!wiki pigeon')).toEqual(['types', says, 'handled wiki']);
    expect(await attached.rests()).toBe(true);
  });

  test('asks for three pages about what was said', async () => {
    await attached.network.answer(answer('Pigeon'));
    await attached.say('!WIKI pigeons & doves');
    const asked = new URL(attached.lastAsked);
    expect(`${asked.origin}${asked.pathname}`).toBe('https://en.wikipedia.org/w/api.php');
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      action: 'opensearch',
      format: 'json',
      namespace: '0',
      limit: '3',
      search: 'pigeons & doves',
    });
    expect(attached.network.asked.at(-1)?.headers['user-agent']).toBe('messenger-bots');
  });

  test('asks for words when there are none, and does not rest', async () => {
    const before = attached.network.asked.length;
    expect(await attached.say('!wiki')).toEqual(['Say what to look for, like [ !wiki messenger pigeon ].']);
    expect(attached.network.asked).toHaveLength(before);
    expect(await attached.rests()).toBe(false);
  });

  test('says so when there is no such page, and does not rest', async () => {
    await attached.network.answer(answer());
    expect(await attached.say('!wiki xqzy')).toEqual(['Wikipedia has nothing about that. Try other words.']);
    expect(await attached.rests()).toBe(false);
  });

  test('waits for the answer until the deadline', async () => {
    await attached.network.answerAfter(4_999, answer('Pigeon'));
    expect(await attached.say('!wiki pigeon')).toHaveLength(1);
  });

  testOutages(() => attached, '!wiki pigeon');
});

describe('the limit of WikiBot', () => {
  test('is what it was attached with', async () => {
    const attached = await AttachedHandler.open('WikiBot', { params: { limit: '10' } });
    await attached.network.answer(answer('Pigeon'));
    await attached.say('!wiki pigeon');
    expect(new URL(attached.lastAsked).searchParams.get('limit')).toBe('10');
    const refused = { errors: { limit: [expect.any(String)] } };
    for (const limit of [0, 11, 1.5, 'many']) {
      await expect(attached.testGroup.attach('WikiBot', { limit })).rejects.toMatchObject(refused);
    }
  });
});
