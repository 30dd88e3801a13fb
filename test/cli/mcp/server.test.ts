import { existsSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { exactBot, posting } from '../../support/bot-source.ts';
import { helloBot } from '../../support/handlers.ts';
import { Agent } from '../../support/mcp.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';
import { TestGroup } from '../../support/test-group.ts';
import { makeWorkspace } from '../../support/workspace.ts';

const inside = { 'messenger.config.mjs': `export default { bots: { isolation: 'none' } };` };

const workspaceWith = (files: Record<string, string> = {}) => makeWorkspace({ ...inside, ...files });

describe('the tools', () => {
  test('say what they do, what they take and what they change', async () => {
    const { client } = await Agent.inMemory(workspaceWith());
    const { tools } = await client.listTools();
    for (const { name, title, description, inputSchema, annotations } of tools) {
      expect({ name, title, description }).toEqual({
        name: expect.stringMatching(/^[a-z]+(_[a-z]+)*$/),
        title: expect.any(String),
        description: expect.stringMatching(/\.$/),
      });
      expect(annotations).toMatchObject({
        readOnlyHint: expect.any(Boolean),
        destructiveHint: expect.any(Boolean),
        idempotentHint: expect.any(Boolean),
        openWorldHint: expect.any(Boolean),
      });
      for (const [input, schema] of Object.entries(inputSchema.properties ?? {}))
        expect({ name, input, schema }).toMatchObject({ schema: { description: expect.any(String) } });
    }
    const changing = tools.filter(({ annotations }) => !annotations?.readOnlyHint).map(({ name }) => name);
    expect(changing).toEqual(['make_bot', 'attach', 'detach', 'install', 'send', 'retry']);
  });

  test('that only read create nothing', async () => {
    const workspace = workspaceWith();
    const agent = await Agent.inMemory(workspace);
    for (const name of ['list_handlers', 'list_packages', 'list_bots', 'list_failed'])
      expect(await agent.call(name)).toMatchObject({ isError: false });
    expect(existsSync(workspace.data)).toBe(false);
  });
});

describe('an agent', () => {
  test('makes a bot, changes its file and attaches it, without a restart', async () => {
    const workspace = workspaceWith();
    const agent = await Agent.inMemory(workspace);
    expect(await agent.call('make_bot', { class: 'TeaBot' })).toMatchObject({
      data: { class: 'TeaBot', alias: 'tea', files: ['bots/TeaBot.ts'] },
      text: expect.stringContaining('class TeaBot extends BotActionHandler'),
    });
    writeFiles(workspace.folder, { 'bots/TeaBot.ts': exactBot('Tea', '!cup', posting(`'here'`)) });
    expect(await agent.call('attach', { handler: 'tea' })).toMatchObject({
      data: { handler: 'tea', triggers: ['!cup'], cooldown: 0 },
    });
    expect((await agent.call('list_bots')).text).toMatch(
      /^PlaygroundBot: on, cooldown 0 s\n {2}tea \[ !cup \] exact, on, cooldown 0 s/,
    );
    expect(await agent.call('detach', { handler: 'tea' })).toMatchObject({
      data: { detached: [{ handler: 'tea' }] },
      text: 'Detached 1 action of tea from Playground.',
    });
  });

  test('learns the rules of each handler and what is wrong with files', async () => {
    const agent = await Agent.inMemory(
      workspaceWith({ 'bots/HelloBot.ts': helloBot, 'bots/Broken.ts': 'export const a = ;' }),
    );
    const { data, text } = await agent.call('list_handlers', { ready_made: false });
    expect(data).toMatchObject({
      handlers: [
        {
          alias: 'hello',
          class: 'HelloBot',
          description: 'Say hello when someone says hi!',
          ready_made: false,
          match: 'contains:caseless',
          triggers: ['hello', 'hi', 'hey'],
          fields: [{ name: 'cooldown' }, { name: 'admin_only' }, { name: 'enabled' }],
          needs: [],
        },
      ],
      problems: [{ file: expect.stringContaining('Broken.ts') }],
    });
    expect(text).toContain('hello (HelloBot): Say hello when someone says hi!\n  triggers: hello | hi | hey');
    expect(text).toContain('Not loaded: bots/Broken.ts:1');
  });

  test('learns which keys a ready-made handler needs, and its parameters', async () => {
    const { text } = await (await Agent.inMemory(workspaceWith())).call('list_handlers');
    expect(text).toContain('it needs BOT_YOUTUBE_API_KEY');
    expect(text).toMatch(/^reply \(ReplyBot\)/m);
    expect(text).toMatch(/^ {2}replies \(list, required\)/m);
  });

  test('checks and installs a package', async () => {
    const agent = await Agent.inMemory(workspaceWith());
    expect((await agent.call('list_packages')).text).toContain(
      'games_package (GamesPackage): Tosses coins, rolls numbers and plays rock paper scissors.\n  installs coin_toss',
    );
    expect((await agent.call('test_installs', { package: 'games_package' })).text).toBe(
      '3 resolved, 0 failed.',
    );
    expect(await agent.call('install', { package: 'GamesPackage' })).toMatchObject({
      data: { bot: { name: 'Games' }, left_out: [] },
      text: expect.stringContaining('Installed Games in Playground with 3 of 3 actions.'),
    });
  });

  test('checks parameters, and reads what is wrong with them by field', async () => {
    const agent = await Agent.inMemory(workspaceWith());
    const parameters = { match: 'exact', triggers: ['help'], replies: ['Ask away!'] };
    expect(await agent.call('test_resolve', { handler: 'reply', parameters })).toMatchObject({
      isError: false,
      data: { handler: 'reply', match: 'exact', triggers: ['help'], payload: { replies: ['Ask away!'] } },
    });
    expect(
      await agent.call('test_resolve', { handler: 'reply', parameters: { match: 'exact' } }),
    ).toMatchObject({
      isError: true,
      data: { error: { code: 'INVALID_PARAMETERS', errors: { replies: expect.any(Array) } } },
    });
  });

  test('reads what failed and retries it', async () => {
    const flaky = exactBot('Flaky', '!go', `if (!globalThis.isMended) throw new Error('out of tea');`);
    const group = await TestGroup.alone({ 'Flaky.ts': flaky });
    await group.attach('flaky');
    await group.watch('Ada', '!go');
    const agent = await Agent.inMemory(group.workspace);
    const { data, text } = await agent.call('list_failed');
    expect(data).toMatchObject({ failed: [{ handler: 'flaky', error: { message: 'out of tea' } }] });
    const [id = ''] = text.split(':');
    expect((await agent.call('show_failed', { id })).text).toMatch(/code: HANDLER_THREW\n.*bots\/Flaky.ts:/);
    expect(await agent.call('retry', { id })).toMatchObject({
      data: { outcomes: [{ id, handler: 'flaky', state: 'failed', error: { message: 'out of tea' } }] },
      text: `${id}: flaky failed again: out of tea`,
    });
  });
});

describe('an agent talks to bots', () => {
  const tea = exactBot('Tea', '!cup', posting(`'here'`));

  test('as a person, and reads the answers with the verdict of each action', async () => {
    const agent = await Agent.inMemory(workspaceWith({ 'bots/Tea.ts': tea }));
    const { data, text } = await agent.call('send', { text: '!cup', as: 'bob' });
    expect(data).toMatchObject({
      message: { body: '!cup', from: 'bob' },
      answers: [{ event: 'message', body: 'here' }],
      failed: [],
      verdicts: [{ handler: 'tea', verdict: 'fired' }],
    });
    expect(text).toMatch(/PlaygroundBot.*here\n[\s\S]*tea of PlaygroundBot: fired/);
    const { message } = z.object({ message: z.object({ id: z.string() }) }).parse(data);
    expect(await agent.call('why', { message: message.id })).toMatchObject({
      data: { message_id: message.id, actions: [{ handler: 'tea', verdict: 'fired' }] },
    });
    expect(await agent.call('why', { text: '!cups' })).toMatchObject({
      data: { message_id: null, actions: [{ handler: 'tea', verdict: 'no_match' }] },
    });
  });

  test('and a change of the file answers the next message', async () => {
    const workspace = workspaceWith({ 'bots/Tea.ts': tea });
    const agent = await Agent.inMemory(workspace);
    await agent.call('send', { text: '!cup' });
    writeFiles(workspace.folder, { 'bots/Tea.ts': exactBot('Tea', '!cup', posting(`'fresh'`)) });
    expect(await agent.call('send', { text: '!cup' })).toMatchObject({
      data: { answers: [{ body: 'fresh' }] },
    });
  });
});

describe('an agent checks its work', () => {
  const chat = (answer: string) => `bots: [tea]\nchat:\n  - alice: "!cup"\n  - PlaygroundBot: ${answer}\n`;

  test('with transcripts, linting and old messages', async () => {
    const agent = await Agent.inMemory(
      workspaceWith({
        'bots/Tea.ts': exactBot('Tea', '!cup', posting(`'here'`)),
        'good.chat.yaml': chat('here'),
        'bad.chat.yaml': chat('there'),
      }),
    );
    expect(await agent.call('run_transcripts')).toMatchObject({
      isError: false,
      data: { passed: 1, failed: 1 },
      text: expect.stringMatching(/✗ bad\.chat\.yaml[\s\S]*- PlaygroundBot: there[\s\S]*✓ good\.chat\.yaml/),
    });
    expect(await agent.call('lint')).toMatchObject({ data: { errors: 0 } });
    await agent.call('send', { text: 'a !cup' });
    expect(await agent.call('backtest', { handler: 'tea', match: 'contains', since: '1h' })).toMatchObject({
      isError: false,
      text: expect.stringContaining('a !cup'),
    });
  });

  test.each([
    ['run_transcripts', { files: ['../else'] }, 'OUTSIDE_WORKSPACE'],
    ['run_transcripts', { files: ['/etc'] }, 'OUTSIDE_WORKSPACE'],
    ['run_transcripts', {}, 'TRANSCRIPTS_MISSING'],
    ['backtest', { handler: 'chuck', since: 'long' }, 'WRONG_USE'],
    ['why', { message: 'a', text: 'b' }, 'WRONG_USE'],
    ['send', { text: ' ' }, 'WRONG_USE'],
  ])('%s %j: %s', async (name, input, code) => {
    const agent = await Agent.inMemory(workspaceWith());
    expect(await agent.call(name, input)).toMatchObject({ isError: true, data: { error: { code } } });
  });
});

describe('calls that arrive together', () => {
  test('are done in their order', async () => {
    const agent = await Agent.inMemory(workspaceWith());
    const calls = await Promise.all([
      agent.call('make_bot', { class: 'TeaBot' }),
      agent.call('attach', { handler: 'tea' }),
      agent.call('attach', { handler: 'tea', parameters: { cooldown: 5 } }),
      agent.call('list_bots'),
    ]);
    expect(calls.map(({ isError }) => isError)).toEqual([false, false, false, false]);
    expect(calls[3]?.data).toMatchObject({ bots: [{ actions: [{ cooldown: 0 }, { cooldown: 5 }] }] });
  });
});

describe('an error is a result with a sentence and a code', () => {
  test.each([
    ['attach', { handler: 'nope' }, 'HANDLER_UNKNOWN', 'There is no handler "nope".'],
    ['attach', { handler: 'chuck', thread: 'Nowhere' }, 'NOT_FOUND', 'There is no group "Nowhere"'],
    ['attach', { handlr: 'chuck' }, 'WRONG_USE', 'Unrecognized key: "handlr".'],
    ['atach', {}, 'WRONG_USE', 'There is no tool "atach". Did you mean "attach"?'],
    ['detach', { handler: 'chuck' }, 'NOT_FOUND', 'There is no action "chuck" in Playground.'],
    ['install', { package: 'nope' }, 'PACKAGE_UNKNOWN', 'There is no packaged bot "nope".'],
    ['show_failed', { id: 'abc' }, 'NOT_FOUND', 'There is no failed run "abc".'],
    ['make_bot', { class: 'teaBot' }, 'CLASS_NAME_INVALID', '"teaBot" cannot be the name of a class'],
    ['make_bot', { class: '../../TeaBot' }, 'OUTSIDE_WORKSPACE', 'is outside the workspace'],
    ['make_bot', { class: '/tmp/TeaBot' }, 'CLASS_NAME_INVALID', 'cannot be the name of a class'],
  ])('%s %j: %s', async (name, input, code, sentence) => {
    const agent = await Agent.inMemory(workspaceWith());
    const { isError, text, data } = await agent.call(name, input);
    expect({ isError, data }).toMatchObject({ isError: true, data: { error: { code } } });
    expect(text).toContain(sentence);
    expect(text).toContain(`(${code})`);
    expect(text).not.toMatch(/^\s+at /m);
  });

  test('a broken configuration does not end the server', async () => {
    const workspace = workspaceWith();
    const agent = await Agent.inMemory(workspace);
    writeFiles(workspace.folder, { 'messenger.config.mjs': 'export default { bot: 1 };' });
    expect(await agent.call('list_bots')).toMatchObject({ data: { error: { code: 'CONFIG_INVALID' } } });
    writeFiles(workspace.folder, inside);
    expect(await agent.call('list_bots')).toMatchObject({ isError: false });
  });
});

describe('make_bot writes nothing outside the workspace', () => {
  test.each([
    ['where bots/ is a link out of it', 'bots'],
    ['where the file is a broken link out of it', 'bots/TeaBot.ts'],
  ])('%s', async (_, link) => {
    const workspace = workspaceWith();
    const elsewhere = temporaryFolder();
    const place = path.join(workspace.folder, link);
    rmSync(place, { recursive: true, force: true });
    symlinkSync(link === 'bots' ? elsewhere : path.join(elsewhere, 'TeaBot.ts'), place);
    const agent = await Agent.inMemory(workspace);
    expect(await agent.call('make_bot', { class: 'TeaBot', force: true })).toMatchObject({
      data: { error: { code: 'OUTSIDE_WORKSPACE' } },
    });
  });
});
