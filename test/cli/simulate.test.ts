import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exactBot, posting } from '../support/bot-source.ts';
import { helloBot, replyBot } from '../support/handlers.ts';
import { eventsOf, messenger } from '../support/messenger.ts';
import { conversationOf, Simulation } from '../support/simulation.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** What a simulation says of itself where the configuration leaves bots off. */
const botsOn = '· Bots are on for as long as this simulation runs.';

/** What the bots did, in a word each and what it was about. */
const doings = (stdout: string) =>
  conversationOf(stdout)
    .filter(({ from }) => from.bot)
    .map(({ event, body }) => `${event} ${body}`.trim());

describe('simulate', () => {
  test('prints each event as a line of JSON with event, from and body', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'bots/Bad.ts': exactBot(
        'Bad',
        'hi',
        "await this.composer().emitRead().emitTyping().emitStopTyping(); throw new Error('no luck');",
      ),
    });
    const { stdout } = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], 'hi\n');
    const from = { name: expect.any(String), bot: expect.any(Boolean) };
    for (const event of eventsOf(stdout))
      expect(event).toMatchObject({ event: expect.any(String), from, body: expect.any(String) });
    expect(doings(stdout)).toEqual(['read', 'typing', 'stop_typing', 'failed no luck']);
    expect(conversationOf(stdout).at(-1)).toMatchObject({
      handler: 'bad',
      code: 'HANDLER_THREW',
      stack: expect.stringMatching(/^at Bad\.handle \(bots\/Bad\.ts:11/),
    });
  });

  test('reads for a person without --json', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'bots/HelloBot.ts': helloBot,
      'bots/Bad.ts': exactBot('Bad', 'hi', "throw new Error('no luck');"),
    });
    const { stdout } = await messenger(folder, ['simulate', '--as', 'Ada'], 'hi\n');
    expect(stdout).toBe(
      [
        botsOn,
        '· Attached to PlaygroundBot: bad [ hi ], hello [ hello | hi | hey ].',
        'Ada: hi',
        '✗ bad: no luck',
        '    at Bad.handle (bots/Bad.ts:11:11)',
        'PlaygroundBot is typing …',
        'PlaygroundBot: Why hello there Ada!',
        'PlaygroundBot reacted 👋 to "hi"',
        '',
      ].join('\n'),
    );
  });

  test('answers a last line without its end, and nothing when there is none', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'bots/HelloBot.ts': helloBot });
    const answered = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], 'hi');
    const nothing = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], '');
    expect([answered.code, doings(answered.stdout)]).toEqual([
      0,
      ['typing', 'message Why hello there Ada!', 'reaction 👋'],
    ]);
    expect(nothing).toMatchObject({ code: 0, stderr: '' });
    expect(conversationOf(nothing.stdout)).toEqual([]);
  });

  test('answers each line before it reads the next, and remembers the last time', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'bots/Echo.ts': exactBot('Echo', 'hi', posting("'heard'")) });
    const first = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], 'hi\nho\nhi\n');
    const bodies = conversationOf(first.stdout)
      .filter(({ event }) => event === 'message')
      .map(({ body }) => body);
    expect(bodies).toEqual(['hi', 'heard', 'ho', 'hi', 'heard']);
    const second = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], '/bots\nhi\n');
    expect(conversationOf(second.stdout)).toMatchObject([
      { event: 'notice', body: 'PlaygroundBot: echo [ hi ]' },
      { event: 'message', body: 'hi' },
      { event: 'message', body: 'heard' },
    ]);
  });

  test('attaches what needs no parameters, and tells what cannot be loaded', async () => {
    const folder = temporaryFolder();
    const broken = 'export const a = ;';
    writeFiles(folder, {
      'bots/HelloBot.ts': helloBot,
      'bots/ReplyBot.ts': replyBot,
      'bots/Broken.ts': broken,
      'bots/Twin.ts': helloBot,
    });
    const { code, stdout } = await messenger(folder, ['simulate', '--as', 'Ada'], 'hi\n');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^! bots\/Broken\.ts:1: Unexpected token\. /m);
    expect(stdout).toMatch(
      /^! Two handlers have the alias "hello": bots\/HelloBot\.ts and bots\/Twin\.ts\. /m,
    );
    expect(stdout).toMatch(/^· Attached to PlaygroundBot: hello \[ hello \| hi \| hey \]\.$/m);
    expect(stdout.match(/Why hello there Ada!/g)).toHaveLength(1);
  });

  test.each([
    [
      'refuses everybody in authorize()',
      'authorize() { return false; }',
      /^! Not authorized to add \( Shy \) to PlaygroundBot\./m,
    ],
    [
      'throws in authorize()',
      "authorize(): never { throw new Error('no list'); }",
      /^! Shy failed: no list/m,
    ],
    [
      'throws while it is resolved',
      "rules() { return { a: z.string().optional() }; } serializePayload(): never { throw new Error('no shelf'); }",
      /^! Shy failed: no shelf/m,
    ],
  ])('goes on without a handler that %s', async (_, members, line) => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'bots/HelloBot.ts': helloBot,
      'bots/Shy.ts': exactBot('Shy', 'hi', '', { members }),
    });
    const { code, stdout, stderr } = await messenger(
      folder,
      ['simulate', '--as', 'Ada'],
      'hi\n/attach shy\n',
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toMatch(line);
    expect(stdout).toContain('PlaygroundBot: Why hello there Ada!');
  });

  test.each([
    ['all went well', 'hi\n', [], 0],
    ['a handler failed', 'hi\nbad\nhi\n', [], 1],
    ['a handler failed, and that is no matter', 'bad\n', ['--no-fail'], 0],
    ['a handler failed, and events are printed as JSON', 'bad\n', ['--json'], 1],
    ['there is no such command', '/nothing\n', [], 1],
    ['a command was wrong', '/attach hello cooldown=x\n', [], 1],
    ['a command was wrong, and that is no matter', '/nothing\n', ['--json', '--no-fail'], 0],
    ['a message could not be sent', `${'x'.repeat(6_000)}\n`, [], 1],
  ])('from a pipe, when %s, tells by its exit code', async (_, lines, options, code) => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'bots/HelloBot.ts': helloBot,
      'bots/ReplyBot.ts': replyBot,
      'bots/Bad.ts': exactBot('Bad', 'bad', "throw new Error('no luck');"),
    });
    const outcome = await messenger(folder, ['simulate', '--as', 'Ada', ...options], lines);
    expect(outcome).toMatchObject({ code, stderr: '' });
  });

  test('keeps what handlers print apart from what happens', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'bots/Chatty.ts': exactBot('Chatty', 'hi', "console.log('look:', { a: 1 }); console.error('hm');"),
    });
    const { stdout, stderr } = await messenger(folder, ['simulate', '--json', '--as', 'Ada'], 'hi\n');
    expect(conversationOf(stdout).map(({ event }) => event)).toEqual(['message']);
    expect(stderr.split('\n').sort()).toEqual(['', 'Chatty | hm', 'Chatty | look: { a: 1 }']);
  });

  test('uses the source as it is at its start', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'bots/Echo.ts': exactBot('Echo', 'hi', posting("'before'")) });
    await messenger(folder, ['simulate', '--as', 'Ada'], 'hi\n');
    writeFiles(folder, { 'bots/Echo.ts': exactBot('Echo', 'hi', posting("'after'")) });
    const { stdout } = await messenger(folder, ['simulate', '--as', 'Ada'], 'hi\n');
    expect(stdout).toBe(`${botsOn}\nAda: hi\nPlaygroundBot: after\n`);
  });

  test('takes the limits of the configuration, and refuses one that is wrong', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'messenger.config.ts':
        "import { defineConfig } from 'messenger-bots';\nexport default defineConfig({ bots: { timeout: 1500 } });",
      'bots/Slow.ts': exactBot('Slow', 'hi', 'await new Promise(() => {});'),
    });
    const { stdout } = await messenger(folder, ['simulate', '--as', 'Ada'], 'hi\n');
    expect(stdout).toContain('✗ slow: Slow did not finish within 1500 ms and was stopped.');
    writeFiles(folder, { 'messenger.config.ts': 'export default { bots: { timeout: "soon" } };' });
    const refused = await messenger(folder, ['simulate'], 'hi\n');
    expect(refused).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^Error: The configuration in .*messenger\.config\.ts cannot be used: /),
    });
  });

  test('joins another one that runs in the folder, which goes on', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'bots/HelloBot.ts': helloBot });
    const first = new Simulation(folder);
    await first.until({ event: 'notice' });
    const second = await messenger(folder, ['simulate', '--as', 'Bea'], 'hi\n');
    expect(second).toEqual({
      code: 0,
      signal: null,
      stdout: [
        '· Attached to the running daemon.',
        'Bea: hi',
        'PlaygroundBot is typing …',
        'PlaygroundBot: Why hello there Bea!',
        'PlaygroundBot reacted 👋 to "hi"',
        '',
      ].join('\n'),
      stderr: '',
    });
    first.type('hi');
    expect(await first.end()).toMatchObject({ code: 0 });
    expect(first.answers).toEqual(['Why hello there Bea!', 'Why hello there Ada!']);
    expect(await messenger(folder, ['simulate'], '')).toMatchObject({ code: 0 });
    expect(existsSync(path.join(folder, '.messenger', 'messenger.sqlite'))).toBe(true);
  });
});
