import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { fetchJsonWithin } from '../../src/index.ts';
import { Network } from '../support/network.ts';
import { rejection } from '../support/sandbox.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const joke = z.object({ joke: z.string() });

describe('fetchJsonWithin', () => {
  let network: Network;
  const atEnd = endAfterAll();
  beforeAll(async () => {
    network = await Network.open(atEnd);
  });

  test('gives what the schema lets through, with its type', async () => {
    await network.answer({ joke: 'Ha.', more: [1, 2], rating: '4' });
    const answer = await fetchJsonWithin(5_000, network.address, joke.extend({ rating: z.coerce.number() }));
    expectTypeOf(answer).toEqualTypeOf<{ joke: string; rating: number }>();
    expect(answer).toEqual({ joke: 'Ha.', rating: 4 });
  });

  test.each([
    [{}, 'application/json'],
    [{ headers: { accept: 'text/x-joke' } }, 'text/x-joke'],
    [{ headers: [['Accept', 'text/x-joke']] as Array<[string, string]> }, 'text/x-joke'],
  ])('asks, told %j, for %s', async (init, accept) => {
    await network.answer({ joke: 'Ha.' });
    await fetchJsonWithin(5_000, network.address, joke, init);
    expect(network.asked.at(-1)?.headers.accept).toBe(accept);
  });

  test.each([
    ['no success', '{"joke":"Ha."}', 500, 'it answered with the status 500'],
    ['no JSON', '<p>It works!</p>', 200, 'its answer is not JSON'],
    ['half of its JSON', '{"joke":"H', 200, 'its answer is not JSON'],
    ['nothing', '', 200, 'its answer is not JSON'],
    ['no object', '[]', 200, 'not as expected (Invalid input: expected object, received array)'],
    ['less', '{}', 200, 'not as expected (joke: Invalid input: expected string, received undefined)'],
  ])('fails where the answer is %s', async (_, body, status, problem) => {
    await network.answerRaw(body, {}, status);
    const error = await rejection(fetchJsonWithin(5_000, `${network.address}/?key=secret`, joke));
    expect(error).toMatchObject({ code: 'FETCH_FAILED' });
    expect(error.message).toContain(problem);
    expect(error.message).not.toMatch(/secret|Ha|works/);
  });

  test('names the place in a list that is wrong', async () => {
    await network.answer([{ joke: 'Ha.' }, { joke: 1 }]);
    const wrong = fetchJsonWithin(5_000, network.address, z.array(joke));
    await expect(wrong).rejects.toThrow('(1.joke: Invalid input: expected string, received number)');
  });

  test('takes a status that was named for an answer', async () => {
    const none = z.object({ joke: z.null() });
    await network.answer({ joke: null }, 404);
    const options = { alsoStatus: [404] };
    expect(await fetchJsonWithin(5_000, network.address, none, options)).toEqual({ joke: null });
    await network.answer({ joke: null }, 410);
    await expect(fetchJsonWithin(5_000, network.address, none, options)).rejects.toThrow('the status 410');
  });

  test('has the limits of fetchWithin', async () => {
    await network.answer({ joke: 'Ha.' });
    const cut = fetchJsonWithin(5_000, network.address, joke, { maxBytes: 5 });
    await expect(cut).rejects.toMatchObject({ code: 'FETCH_TOO_LARGE' });
    await network.hang(0);
    const slow = fetchJsonWithin(30, network.address, joke);
    await expect(slow).rejects.toMatchObject({ code: 'FETCH_TIMEOUT' });
  });
});
