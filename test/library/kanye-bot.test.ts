import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, outages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const answer = { quote: 'I feel calm but energized' };
const quoted = 'Kanye West once said: “I feel calm but energized”';

describe('KanyeBot', () => {
  let stage: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    stage = await AttachedHandler.open(
      'KanyeBot',
      { params: { match: 'exact:caseless', triggers: ['!kanye'] } },
      atEnd,
    );
  });

  test('posts a quote', async () => {
    await stage.network.answer(answer);
    expect(await stage.watch('!Kanye')).toEqual(['types', `says ${quoted}`, 'handled kanye']);
    expect(stage.lastAsked).toBe('https://api.kanye.rest/');
    expect(await stage.rests()).toBe(true);
  });

  test('waits for the answer until the deadline', async () => {
    await stage.network.answerAfter(4_999, answer);
    expect(await stage.say('!kanye')).toEqual([quoted]);
  });

  test.each(outages)('has words of its own when the service %s, and rests', async (_, set) => {
    await set(stage.network, 5_000);
    const own = 'Kanye West is lost for words. Write down the date!';
    expect(await stage.watch('!kanye')).toEqual(['types', `says ${own}`, 'handled kanye']);
    expect(await stage.rests()).toBe(true);
  });
});
