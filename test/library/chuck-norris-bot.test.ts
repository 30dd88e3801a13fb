import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const answer = { value: 'Chuck Norris counted to infinity. Twice.', icon_url: 'https://example.com/' };

describe('ChuckNorrisBot', () => {
  let attached: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    attached = await AttachedHandler.open(
      'ChuckNorrisBot',
      { params: { match: 'exact', triggers: ['!chuck'] } },
      atEnd,
    );
  });

  test('posts what the service has to say', async () => {
    await attached.network.answer(answer);
    expect(await attached.watch('!chuck')).toEqual(['types', `says ${answer.value}`, 'handled chuck']);
    expect(attached.lastAsked).toBe('https://api.chucknorris.io/jokes/random');
    expect(await attached.rests()).toBe(true);
  });

  test('waits for the answer until the deadline', async () => {
    await attached.network.answerAfter(4_999, answer);
    expect(await attached.say('!chuck')).toEqual([answer.value]);
  });

  testOutages(() => attached, '!chuck');
});
