import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const answer = {
  id: 'R7UfaahVfFd',
  joke: 'My dog used to chase people on a bike. Now he walks.',
  status: 200,
};

describe('DadJokeBot', () => {
  let attached: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    attached = await AttachedHandler.open(
      'DadJokeBot',
      { params: { match: 'contains:caseless', triggers: ['dad'] } },
      atEnd,
    );
  });

  test('posts the joke of the service', async () => {
    await attached.network.answer(answer);
    expect(await attached.watch('Hi, Dad')).toEqual(['types', `says ${answer.joke}`, 'handled dad_joke']);
    expect(await attached.rests()).toBe(true);
  });

  test('asks for JSON, which the service does not answer with otherwise', async () => {
    await attached.network.answer(answer);
    await attached.say('dad');
    expect(attached.lastAsked).toBe('https://icanhazdadjoke.com/');
    expect(attached.network.asked.at(-1)?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'messenger-bots',
    });
  });

  test('waits for the answer until the deadline', async () => {
    await attached.network.answerAfter(4_999, answer);
    expect(await attached.say('dad')).toEqual([answer.joke]);
  });

  testOutages(() => attached, 'dad');
});
