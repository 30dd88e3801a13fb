import { beforeAll, describe, expect, test } from 'vitest';
import { AttachedHandler, testOutages } from '../support/attached-handler.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const answer = {
  id: 'R7UfaahVfFd',
  joke: 'My dog used to chase people on a bike. Now he walks.',
  status: 200,
};

describe('DadJokeBot', () => {
  let stage: AttachedHandler;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    stage = await AttachedHandler.open(
      'DadJokeBot',
      { params: { match: 'contains:caseless', triggers: ['dad'] } },
      atEnd,
    );
  });

  test('posts the joke of the service', async () => {
    await stage.network.answer(answer);
    expect(await stage.watch('Hi, Dad')).toEqual(['types', `says ${answer.joke}`, 'handled dad_joke']);
    expect(await stage.rests()).toBe(true);
  });

  test('asks for JSON, which the service does not answer with otherwise', async () => {
    await stage.network.answer(answer);
    await stage.say('dad');
    expect(stage.lastAsked).toBe('https://icanhazdadjoke.com/');
    expect(stage.network.asked.at(-1)?.headers).toMatchObject({
      accept: 'application/json',
      'user-agent': 'messenger-bots',
    });
  });

  test('waits for the answer until the deadline', async () => {
    await stage.network.answerAfter(4_999, answer);
    expect(await stage.say('dad')).toEqual([answer.joke]);
  });

  testOutages(() => stage, 'dad');
});
