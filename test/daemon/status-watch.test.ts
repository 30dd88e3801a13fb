import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { followStatus } from '../../src/daemon/control-client.ts';
import type { LiveStatus } from '../../src/daemon/status-watch.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, groupWith, startDaemon } from '../support/daemons.ts';

const waiting = `await this.sleep(800);`;

/** Follows the status of a daemon of this process over its socket. */
async function follow(files: Record<string, string>) {
  const workspace = daemonWorkspace(files);
  const daemon = await startDaemon(workspace);
  await daemon.app.catalogue.whenLoaded();
  const seen: LiveStatus[] = [];
  const end = new AbortController();
  onTestFinished(() => end.abort());
  let onSeen = () => {};
  await followStatus(daemon.info, {
    onStatus: (status) => {
      seen.push(status);
      onSeen();
    },
    onEnd: () => {},
    signal: end.signal,
  });
  const until = async (fits: (status: LiveStatus) => boolean): Promise<LiveStatus> => {
    for (;;) {
      const found = seen.find(fits);
      if (found) return found;
      await new Promise<void>((resolve) => {
        onSeen = resolve;
      });
    }
  };
  return { daemon, workspace, seen, until };
}

test('who begins to listen is told at once', async () => {
  const { until } = await follow({});
  expect(await until(() => true)).toMatchObject({
    botsEnabled: true,
    clock: null,
    queue: { waiting: 0, running: 0, failed: 0 },
  });
});

test('work is told while it lasts and when it has ended', async () => {
  const { daemon, until, seen } = await follow({ 'Wait.ts': exactBot('Wait', 'wait', waiting) });
  const { say } = await groupWith(daemon, 'wait');
  await say('wait');
  await until(({ queue }) => queue.running === 1);
  const before = seen.length;
  await until((status) => seen.indexOf(status) >= before && status.queue.running === 0);
});

test('a saved handler changes the revision', async () => {
  const { workspace, until } = await follow({});
  const { handlersRevision } = await until(() => true);
  writeFileSync(path.join(workspace.bots, 'Echo.ts'), exactBot('Echo', 'hi', posting('"hello"')));
  const later = await until((status) => status.handlersRevision > handlersRevision);
  expect(later.queue.running).toBe(0);
});
