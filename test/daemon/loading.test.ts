import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { askStatus } from '../../src/daemon/control-client.ts';
import type { Daemon } from '../../src/daemon/serve.ts';
import { listBots } from '../../src/services/bots/bot-lists.ts';
import { createBot } from '../../src/services/bots/create-bot.ts';
import { attachHandler, openPlayground } from '../../src/services/bots/playground.ts';
import { listFailedRuns } from '../../src/services/failed-runs/failed-runs.ts';
import { sendMessage } from '../../src/services/messages/send-message.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../../src/services/users/people.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, groupWith, logOf, spawnDaemon, startDaemon } from '../support/daemons.ts';
import { messenger } from '../support/messenger.ts';

/** A handler file that is not loaded before a file of this name is there. */
const heldBy = (gate: string, source: string): string => `
  import { existsSync } from 'node:fs';
  while (!existsSync(${JSON.stringify(gate)})) await new Promise((resolve) => setTimeout(resolve, 20));
  ${source}`;

const looping = 'for (;;);';
const saying = (name: string, trigger: string, text = name) =>
  exactBot(name, trigger, posting(JSON.stringify(text)));

/** A daemon whose files are held until `open()`, and which files it reads. */
async function heldDaemon(files: (held: (source: string) => string) => Record<string, string>, config = {}) {
  const { folder: elsewhere } = daemonWorkspace({});
  const gate = path.join(elsewhere, 'gate');
  const workspace = daemonWorkspace(
    files((source) => heldBy(gate, source)),
    config,
  );
  const daemon = await startDaemon(workspace);
  const loading = async () => (await askStatus(daemon.info)).bots.loading;
  return { daemon, workspace, loading, open: () => writeFileSync(gate, '') };
}

/** Stores that a handler is attached, as in an earlier life of the daemon; nobody asks whether it is known. */
async function attachedBefore({ app }: Daemon, group: string, handler: string) {
  const thread = await ensureGroup(app, group, { chatBots: true });
  const ada = await ensureUser(app, 'Ada');
  await ensureParticipant(app, { thread, user: ada, admin: true });
  const bot = await createBot(app, { thread, user: ada, fields: { name: `${group}Bot` } });
  await app.store.transaction(async ({ bots, threads }) => {
    const now = app.clock.now();
    await bots.insertAction({
      ...{ id: crypto.randomUUID(), botId: bot.id, owner: { type: 'user' as const, id: ada.id }, handler },
      ...{
        match: 'exact' as const,
        triggers: 'hi',
        payload: null,
        enabled: true,
        adminOnly: false,
        cooldown: 0,
      },
      ...{ createdAt: now, updatedAt: now },
    });
    await threads.botsChanged(thread.id);
  });
  const bodies = async () => (await app.store.messages.newest(thread.id, 100)).map(({ body }) => body);
  return {
    say: (body: string) => sendMessage(app, { threadId: thread.id, sender: ada, outgoing: { body } }),
    bodies,
  };
}

describe('while files are being loaded', () => {
  test('the daemon is there, and says which they are', async () => {
    const { loading, open } = await heldDaemon((held) => ({
      'A.ts': held(saying('A', 'a')),
      'deep/B.ts': held(saying('B', 'b')),
      'C.ts': saying('C', 'c'),
    }));
    await vi.waitFor(async () => expect(await loading()).toEqual(['bots/A.ts', 'bots/deep/B.ts']), 30_000);
    open();
    await vi.waitFor(async () => expect(await loading()).toEqual([]), 30_000);
  });

  test('what is loaded answers; what is not waits, and holds up nobody else', async () => {
    const { daemon, open } = await heldDaemon(
      (held) => ({ 'Aslow.ts': held(saying('Slow', 'hi')), 'Quick.ts': saying('Quick', 'hi') }),
      { bots: { concurrency: 2 } },
    );
    const slow = await attachedBefore(daemon, 'One', 'slow');
    const other = await attachedBefore(daemon, 'Three', 'slow');
    const quick = await attachedBefore(daemon, 'Two', 'quick');
    await slow.say('hi');
    await slow.say('hi');
    await other.say('hi');
    await quick.say('hi');
    await vi.waitFor(async () => expect(await quick.bodies()).toContain('Quick'), 30_000);
    expect(await slow.bodies()).not.toContain('Slow');
    open();
    await daemon.app.queue.idle();
    expect(await other.bodies()).toContain('Slow');
    expect((await slow.bodies()).filter((body) => body === 'Slow')).toHaveLength(2);
    expect(await listFailedRuns(daemon.app, 10)).toEqual([]);
  });

  test('what needs a file that is not loaded waits for it, and no list is half', async () => {
    const { daemon, open } = await heldDaemon((held) => ({
      'Slow.ts': held(saying('Slow', 'hi')),
      'Quick.ts': saying('Quick', 'hi'),
    }));
    const { app } = daemon;
    const quick = await groupWith(daemon, 'quick');
    const done: string[] = [];
    const note = (name: string) => () => done.push(name);
    const waiting = [
      groupWith(daemon, 'slow').then(note('attached')),
      expect(attachHandler(app, { thread: quick.thread, user: quick.ada, handler: 'nobody', params: {} }))
        .rejects.toMatchObject({ code: 'HANDLER_UNKNOWN' })
        .then(note('unknown')),
      openPlayground(app, 'Ada').then(note('playground')),
    ];
    await listBots(app, quick.thread, quick.ada);
    expect(done).toEqual([]);
    open();
    await Promise.all(waiting);
    expect(done.sort()).toEqual(['attached', 'playground', 'unknown']);
  });

  test.each([
    [
      'of two files that have the same alias the first one has it',
      { 'B.ts': saying('Taken', 'hi', 'second') },
      'taken',
    ],
    ['a ready-made handler gives way to that of the workspace', {}, 'coin_toss'],
  ])('%s, also when it is read last', async (_, others, alias) => {
    const first = saying('Taken', 'hi', 'first').replace("alias: 'taken'", `alias: '${alias}'`);
    const { daemon, open } = await heldDaemon((held) => ({ ...others, 'A.ts': held(first) }));
    const group = await attachedBefore(daemon, 'One', alias);
    await group.say('hi');
    // Everything else is loaded by now.
    await vi.waitFor(async () => expect(daemon.app.catalogue.reading()).toEqual(['bots/A.ts']), 30_000);
    open();
    await daemon.app.queue.idle();
    expect(await group.bodies()).toContain('first');
  });
});

describe('a file that loops when it is loaded', () => {
  test('is named, put aside, and tried again when it is saved; others answer meanwhile', async () => {
    const workspace = daemonWorkspace({ 'Aloop.ts': looping, 'Echo.ts': saying('Echo', 'hi') });
    const daemon = await startDaemon(workspace);
    const { say, bodies } = await groupWith(daemon, 'echo');
    await say('hi');
    await daemon.app.queue.idle();
    expect(await bodies()).toContain('Echo');
    expect((await askStatus(daemon.info)).bots.loading).toEqual(['bots/Aloop.ts']);
    await daemon.app.catalogue.whenLoaded();
    const { bots } = await askStatus(daemon.info);
    expect(bots).toMatchObject({ loading: [], problems: [expect.stringContaining('bots/Aloop.ts')] });
    await vi.waitFor(() =>
      expect(logOf(workspace).filter(({ msg }) => String(msg).includes('Aloop.ts'))).toHaveLength(1),
    );
    writeFileSync(path.join(workspace.bots, 'Aloop.ts'), saying('Aloop', 'ho'));
    await vi.waitFor(() => expect(daemon.app.catalogue.find('aloop')).toBeDefined(), 30_000);
  });

  test('that is saved before its time is over is read again at once', async () => {
    const workspace = daemonWorkspace({ 'Aloop.ts': looping });
    const daemon = await startDaemon(workspace);
    writeFileSync(path.join(workspace.bots, 'Aloop.ts'), saying('Aloop', 'ho'));
    await vi.waitFor(() => expect(daemon.app.catalogue.find('aloop')).toBeDefined(), 30_000);
    await daemon.app.catalogue.whenLoaded();
    expect((await askStatus(daemon.info)).bots).toMatchObject({ handlers: 1, loading: [], problems: [] });
  });

  test.each(['SIGTERM', 'SIGINT'] as const)(
    'keeps a daemon from ending on %s for no moment',
    async (signal) => {
      const workspace = daemonWorkspace({ 'Aloop.ts': looping, 'Echo.ts': saying('Echo', 'hi') });
      const { child, ended } = await spawnDaemon(workspace);
      const begun = performance.now();
      child.kill(signal);
      expect(await ended).toEqual([0, null]);
      expect(performance.now() - begun).toBeLessThan(5_000);
      expect(logOf(workspace).filter(({ level }) => level === 'error' || level === 'warn')).toEqual([]);
    },
  );

  test('is nothing that starting in the background waits for', async () => {
    const workspace = daemonWorkspace({ 'Aloop.ts': looping });
    const started = await messenger(workspace.folder, ['daemon', 'start', '--json']);
    const status = await messenger(workspace.folder, ['daemon', 'status']);
    await messenger(workspace.folder, ['daemon', 'stop']);
    expect(JSON.parse(started.stdout)).toMatchObject({ pid: expect.any(Number) });
    expect(status.stdout).toMatch(/^Loading {2}bots\/Aloop\.ts$/m);
  });
});
