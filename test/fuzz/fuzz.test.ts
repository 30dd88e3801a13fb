import { beforeAll, describe, expect, test } from 'vitest';
import { findWorkspace } from '../../src/config/workspace.ts';
import { fuzz, type Search } from '../../src/fuzz/fuzz.ts';
import { type Finding, writeTranscript } from '../../src/fuzz/transcript.ts';
import { type Engine, openEngine } from '../../src/testing/engine.ts';
import { runTranscripts } from '../../src/transcripts/run-transcripts.ts';
import { botSource, exactBot, posting } from '../support/bot-source.ts';
import { helloBot } from '../support/handlers.ts';
import { endAfterAll, temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

const begins = { settings: `triggers: ['!x'], match: 'starts:with:caseless'` };

/** The handlers that are tried, by the rule that each breaks. */
const bots = {
  Hello: helloBot,
  // No words: it reads one that is not there.
  Frail: botSource('Frail', `const [word] = this.getParsedWords(); ${posting('word.length')}`, begins),
  Flood: botSource(
    'Flood',
    `for (const _ of this.message.body.split(' ').slice(0, 9)) ${posting(`'hi'`)}`,
    begins,
  ),
  Admins: botSource('Admins', `if (!this.isGroupAdmin) throw new Error('no admin');`, begins),
  Twice: botSource(
    'Twice',
    `const { items } = await this.thread.messages(); if (items.filter(({ body }) => body.includes('x')).length > 1) throw new Error('seen that');`,
    begins,
  ),
  Later: botSource('Later', `await this.sleep(5_000); throw new Error('too late');`, begins),
  Stubborn: botSource('Stubborn', `throw new Error('always');`, {
    ...begins,
    members: 'static retries = 2;',
  }),
  Endless: botSource('Endless', 'for (;;);', { ...begins, members: 'static timeout = 300;' }),
  Lucky: botSource('Lucky', `if (Math.random() < 0.2) throw new Error('no luck');`, begins),
  Released: botSource('Released', `this.releaseCooldown(); ${posting(`'again'`)}`, begins),
  Online: botSource('Online', `await fetch('https://api.example.com/fact');`, begins),
  Offline: botSource(
    'Offline',
    `try { await fetch('https://example.com'); } catch { ${posting(`'none'`)} }`,
    begins,
  ),
  Keyed: botSource('Keyed', `if (!process.env.KEY_OF_FUZZ_TESTS) throw new Error('no key');`, {
    ...begins,
    members: `static environment = ['KEY_OF_FUZZ_TESTS'];`,
  }),
  Needy: botSource('Needy', `if (this.getPayload('word') === 'boom') throw new Error('boom');`, {
    members: 'rules() { return { word: z.string() }; }',
  }),
  Exact: exactBot('Exact', 'up', `throw new Error('found');`),
};

const atEnd = endAfterAll();
let engine: Engine;
/** In which handlers can be ended. */
let workers: Engine;
let folder = '';

beforeAll(async () => {
  folder = temporaryFolder(atEnd);
  const files = Object.entries(bots).map(([name, text]) => [`bots/${name}.ts`, text] as const);
  writeFiles(folder, { 'messenger.config.mjs': 'export default {};', ...Object.fromEntries(files) });
  const workspace = findWorkspace(folder);
  engine = await openEngine({ workspace });
  atEnd(() => engine.close());
  workers = await openEngine({ workspace, isolation: 'thread' });
  atEnd(() => workers.close());
});

const search = (handler: string, more: Partial<Search> = {}) =>
  fuzz(handler === 'endless' ? workers : engine, {
    ...{ handler, params: [{ values: { cooldown: 5 } }], maxReplies: 3, runs: 20, seed: 42 },
    signal: new AbortController().signal,
    ...more,
  });

describe('a search finds nothing', () => {
  test.each(['hello', 'released', 'offline'])(
    'about the handler %s, which keeps the rules',
    async (handler) => {
      expect(await search(handler)).toMatchObject({ chats: 20, failure: null, obstacles: [], path: null });
    },
  );

  test.each([
    ['online', 'It sends requests to api.example.com, which get no answer here, and fails without one.'],
    ['keyed', 'Keyed is not configured: it needs KEY_OF_FUZZ_TESTS.'],
  ])('about the handler %s, but says what it lacks', async (handler, obstacle) => {
    const { failure, obstacles } = await search(handler);
    expect([failure, obstacles]).toEqual([null, [expect.stringContaining(obstacle)]]);
  });
});

describe('a search finds the smallest chat that breaks a rule', () => {
  test.each([
    ['frail', 'failed', ['alice: !x']],
    ['admins', 'failed', ['bob: !x']],
    ['later', 'failed', ['alice: !x']],
    ['stubborn', 'failed', ['alice: !x']],
    ['exact', 'failed', ['alice: up']],
  ])('%s: %s', async (handler, rule, chat) => {
    const { failure } = await search(handler);
    expect(failure?.violation).toMatchObject({ rule });
    expect(failure?.steps.map(({ by, text }) => `${by}: ${text}`)).toEqual(chat);
  });

  test('that takes two messages', async () => {
    const { failure } = await search('twice');
    expect(failure?.violation).toMatchObject({ message: 'seen that', at: 'bots/Twice.ts:11' });
    expect(failure?.steps).toHaveLength(2);
    expect(failure?.steps[1]).toMatchObject({ text: '!x' });
  });

  test('that gets more answers than are allowed', async () => {
    const { failure } = await search('flood');
    expect(failure?.violation).toMatchObject({
      rule: 'replies',
      message: expect.stringMatching(/^It posted \d+ messages in answer to one; at most 3 are allowed\.$/),
    });
    expect((await search('flood', { maxReplies: 1_000_000 })).failure).toBeNull();
  });

  test('with the parameters that it needs, of which the first that fit are used', async () => {
    const params = [{ values: {} }, { values: { match: 'exact', triggers: ['a'], word: 'boom' } }];
    const { failure, params: used } = await search('needy', { params });
    expect(used).toEqual({ match: 'exact', triggers: ['a'], word: 'boom' });
    expect(failure?.steps).toMatchObject([{ text: 'a' }]);
  });
});

describe('a search', () => {
  test('finds the same again with its seed, and at once with its path', async () => {
    const first = await search('lucky');
    expect(first.failure?.violation).toMatchObject({ message: 'no luck' });
    expect(await search('lucky')).toEqual(first);
    const again = await search('lucky', { path: first.path ?? '' });
    expect({ ...again.failure }).toEqual(first.failure);
    expect(again.chats).toBe(1);
  });

  test('ends when it is stopped', async () => {
    const signal = AbortSignal.abort();
    expect(await search('hello', { signal })).toMatchObject({ chats: 0, failure: null, path: null });
  });

  test.each([
    ['nobody', 'HANDLER_UNKNOWN'],
    ['needy', 'INVALID_PARAMETERS'],
  ])('throws where the handler %s cannot be attached: %s', async (handler, code) => {
    await expect(search(handler)).rejects.toMatchObject({ code });
  });
});

describe('what was found, written as a transcript, does not pass', () => {
  test.each(['frail', 'twice', 'flood', 'later', 'stubborn', 'endless', 'lucky'])('%s', async (name) => {
    const { failure, handler, params } = await search(name);
    const violation = failure?.violation;
    if (!failure || !violation) throw new Error(`Nothing was found about ${name}.`);
    expect(violation.rule).toBe({ flood: 'replies', endless: 'deadline' }[name] ?? 'failed');
    const finding: Finding = { title: name, handler, params, played: failure, violation, maxReplies: 3 };
    writeFiles(folder, { [`${name}.chat.yaml`]: writeTranscript(finding) });
    const file = `${folder}/${name}.chat.yaml`;
    const onResult = () => {};
    const [result] = await runTranscripts(name === 'endless' ? workers : engine, [{ file, shown: name }], {
      onResult,
    });
    expect(result).toMatchObject({ passed: false, error: undefined });
    const unexpected = result?.difference.filter(({ mark }) => mark === '+') ?? [];
    expect(unexpected[0]?.text).toContain(name === 'flood' ? 'hi' : violation.message);
    expect(result?.difference.filter(({ mark }) => mark === '-')).toEqual([]);
  });
});
