import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const address = 'https://evilinsult.com/generate_insult.php?lang=en&type=json';

describe('InsultBot', () => {
  let attached: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    attached = await AttachedHandler.open(
      'InsultBot',
      {
        params: { match: 'contains:any:caseless', triggers: ['!insult', 'darn'] },
      },
      atEnd,
    );
  });

  test.each([
    ['You are late.', 'You are late.'],
    ['You&#039;re &quot;late&quot; &amp; slow', 'You\'re "late" & slow'],
    ['Go away&hellip; caf&eacute; &#x1F4A9;', 'Go away… café 💩'],
    ['A &amp;lt; B', 'A &lt; B'],
    ['AT&T &nosuchthing; 1 < 2', 'AT&T &nosuchthing; 1 < 2'],
  ])('addresses the sender with %j as %j', async (insult, read) => {
    await attached.network.answer({ number: '1', language: 'en', insult });
    expect(await attached.watch('Darned!')).toEqual(['types', `says Ada, ${read}`, 'handled insult']);
    expect(attached.lastAsked).toBe(address);
    expect(await attached.rests()).toBe(true);
  });

  test('waits for the answer until the deadline', async () => {
    await attached.network.answerAfter(4_999, { insult: 'You are late.' });
    expect(await attached.say('!insult')).toEqual(['Ada, You are late.']);
  });

  testOutages(() => attached, '!insult');
});
