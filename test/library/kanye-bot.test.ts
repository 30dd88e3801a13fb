import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, outages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const answer = { quote: 'I feel calm but energized' };
const quoted = 'Kanye West once said: “I feel calm but energized”';

describe('KanyeBot', () => {
  let attached: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    attached = await AttachedHandler.open(
      'KanyeBot',
      { params: { match: 'exact:caseless', triggers: ['!kanye'] } },
      atEnd,
    );
  });

  test('posts a quote', async () => {
    await attached.network.answer(answer);
    expect(await attached.watch('!Kanye')).toEqual(['types', `says ${quoted}`, 'handled kanye']);
    expect(attached.lastAsked).toBe('https://api.kanye.rest/');
    expect(await attached.rests()).toBe(true);
  });

  test('waits for the answer until the deadline', async () => {
    await attached.network.answerAfter(4_999, answer);
    expect(await attached.say('!kanye')).toEqual([quoted]);
  });

  test.each(outages)('has words of its own when the service %s, and rests', async (_, set) => {
    await set(attached.network, 5_000);
    const own = 'Kanye West is lost for words. Write down the date!';
    expect(await attached.watch('!kanye')).toEqual(['types', `says ${own}`, 'handled kanye']);
    expect(await attached.rests()).toBe(true);
  });
});
