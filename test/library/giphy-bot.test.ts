import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const url = 'https://giphy.com/gifs/cat-3oriO0OEd9QIDdllqo';
const answer = { data: { type: 'gif', url }, meta: { status: 200 } };
const nothing = 'There is no GIF about that. Try other words, like [ !gif cat ].';

describe('GiphyBot', () => {
  let attached: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    attached = await AttachedHandler.open('GiphyBot', { environment: { BOT_GIPHY_API_KEY: 'k&y' } }, atEnd);
  });

  test.each([
    ['!gif cat', 'cat'],
    ['!giphy Dancing  cats & dogs', 'Dancing  cats & dogs'],
    ['!GIF', ''],
  ])('%j posts the link of a GIF about %j', async (body, tag) => {
    await attached.network.answer(answer);
    expect(await attached.watch(body)).toEqual(['types', `says ${url}`, 'handled giphy']);
    const asked = new URL(attached.lastAsked);
    expect(`${asked.origin}${asked.pathname}`).toBe('https://api.giphy.com/v1/gifs/random');
    expect(Object.fromEntries(asked.searchParams)).toEqual({ api_key: 'k&y', tag });
    expect(await attached.rests()).toBe(true);
  });

  test('says so when there is no GIF about that, and does not rest', async () => {
    await attached.network.answer({ data: [], meta: { status: 200 } });
    expect(await attached.watch('!gif xqzy')).toEqual([`says ${nothing}`, 'handled giphy']);
    expect(await attached.rests()).toBe(false);
  });

  test('waits for the answer until the deadline', async () => {
    await attached.network.answerAfter(4_999, answer);
    expect(await attached.say('!gif cat')).toEqual([url]);
  });

  test('tells nobody its key when the request fails', async () => {
    const failures = attached.testGroup.collect('BotActionFailed');
    await attached.network.down();
    await attached.say('!gif cat');
    expect(failures.map(({ error }) => error.message)).toEqual([
      expect.stringContaining('The request to api.giphy.com failed'),
    ]);
    expect(JSON.stringify(failures)).not.toMatch(/k&y|k%26y/);
  });

  testOutages(() => attached, '!gif cat');
});

describe('GiphyBot without a key', () => {
  test.each([{}, { BOT_GIPHY_API_KEY: '' }])(
    'says so, asks nobody and does not rest: %o',
    async (environment) => {
      const attached = await AttachedHandler.open('GiphyBot', { environment });
      expect(await attached.watch('!gif cat')).toEqual([
        'says GIFs are not configured here yet.',
        'handled giphy',
      ]);
      expect(await attached.rests()).toBe(false);
      expect(attached.network.asked).toEqual([]);
    },
  );
});
