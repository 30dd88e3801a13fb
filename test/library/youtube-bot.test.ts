import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const answer = (...ids: string[]) => ({
  kind: 'youtube#searchListResponse',
  items: ids.map((videoId) => ({ id: { kind: 'youtube#video', videoId } })),
});
const environment = { BOT_YOUTUBE_API_KEY: 'key' };

describe('YoutubeBot', () => {
  let attached: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    attached = await AttachedHandler.open('YoutubeBot', { environment }, atEnd);
  });

  test.each([
    ['!yt maps', 'maps'],
    ['!YouTube how to fold  a map?', 'how to fold  a map?'],
  ])('%j posts the link of one video about %j', async (body, words) => {
    await attached.network.answer(answer('dQw4w9WgXcQ'));
    const says = 'says https://www.youtube.com/watch?v=dQw4w9WgXcQ';
    expect(await attached.watch(body)).toEqual(['types', says, 'handled youtube']);
    const asked = new URL(attached.lastAsked);
    expect(`${asked.origin}${asked.pathname}`).toBe('https://www.googleapis.com/youtube/v3/search');
    expect(Object.fromEntries(asked.searchParams)).toEqual({
      part: 'id',
      type: 'video',
      maxResults: '1',
      q: words,
      key: 'key',
    });
    expect(await attached.rests()).toBe(true);
  });

  test('asks for words when there are none, and does not rest', async () => {
    const before = attached.network.asked.length;
    expect(await attached.say('!yt')).toEqual(['Say what to look for, like [ !yt how to fold a map ].']);
    expect(attached.network.asked).toHaveLength(before);
    expect(await attached.rests()).toBe(false);
  });

  test('says so when there are no videos, and does not rest', async () => {
    await attached.network.answer(answer());
    expect(await attached.say('!yt xqzy')).toEqual(['There are no videos about that. Try other words.']);
    expect(await attached.rests()).toBe(false);
  });

  test('waits for the answer until the deadline', async () => {
    await attached.network.answerAfter(4_999, answer('a'));
    expect(await attached.say('!yt maps')).toHaveLength(1);
  });

  testOutages(() => attached, '!yt maps');
});

test('YoutubeBot posts as many links as it was attached for, a line each', async () => {
  const attached = await AttachedHandler.open('YoutubeBot', { environment, params: { limit: 2 } });
  await attached.network.answer(answer('a', 'b'));
  const links = ['https://www.youtube.com/watch?v=a', 'https://www.youtube.com/watch?v=b'];
  expect(await attached.say('!yt maps')).toEqual([links.join('\n')]);
  expect(new URL(attached.lastAsked).searchParams.get('maxResults')).toBe('2');
});

test('YoutubeBot without a key says so, asks nobody and does not rest', async () => {
  const attached = await AttachedHandler.open('YoutubeBot');
  expect(await attached.say('!yt maps')).toEqual(['Videos are not configured here yet.']);
  expect(attached.network.asked).toEqual([]);
  expect(await attached.rests()).toBe(false);
});
