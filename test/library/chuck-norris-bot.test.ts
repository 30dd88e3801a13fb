import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const answer = { value: 'Chuck Norris counted to infinity. Twice.', icon_url: 'https://example.com/' };

describe('ChuckNorrisBot', () => {
  let stage: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    stage = await AttachedHandler.open(
      'ChuckNorrisBot',
      { params: { match: 'exact', triggers: ['!chuck'] } },
      atEnd,
    );
  });

  test('posts what the service has to say', async () => {
    await stage.network.answer(answer);
    expect(await stage.watch('!chuck')).toEqual(['types', `says ${answer.value}`, 'handled chuck']);
    expect(stage.lastAsked).toBe('https://api.chucknorris.io/jokes/random');
    expect(await stage.rests()).toBe(true);
  });

  test('waits for the answer until the deadline', async () => {
    await stage.network.answerAfter(4_999, answer);
    expect(await stage.say('!chuck')).toEqual([answer.value]);
  });

  testOutages(() => stage, '!chuck');
});
