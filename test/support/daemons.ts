import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { UserConfig } from '../../src/config/schema.ts';
import { findWorkspace, type Workspace } from '../../src/config/workspace.ts';
import { daemonPaths } from '../../src/daemon/paths.ts';
import { type Daemon, serve } from '../../src/daemon/serve.ts';
import { attachHandler } from '../../src/services/bots/playground.ts';
import { sendMessage } from '../../src/services/messages/send-message.ts';
import { ensureGroup, ensureParticipant, ensureUser } from '../../src/services/users/people.ts';
import { startMessenger } from './messenger.ts';
import { makeWorkspace } from './workspace.ts';

/** A workspace with bots on and these handler files, by their names in `bots/`. */
export function daemonWorkspace(bots: Record<string, string>, config: UserConfig = {}): Workspace {
  const settings = JSON.stringify({ http: { port: 0 }, ...config, bots: { enabled: true, ...config.bots } });
  const files = Object.entries(bots).map(([name, text]) => [`bots/${name}`, text]);
  const { folder } = makeWorkspace({
    'messenger.config.mjs': `export default ${settings};`,
    ...Object.fromEntries(files),
  });
  return findWorkspace(folder);
}

/** A daemon in this process, closed after the test. */
export async function startDaemon(workspace: Workspace, onStop = () => {}): Promise<Daemon> {
  const daemon = await serve({ workspace, onStop });
  onTestFinished(() => daemon.close());
  return daemon;
}

/** A daemon in a process of its own, ready; killed after the test if it still runs. */
export async function spawnDaemon({ folder }: Workspace) {
  const child = startMessenger(folder, ['serve', '--json', '--quiet']);
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const { stdout } = child;
  if (stdout === null) throw new Error('The daemon has no standard output.');
  const [line] = await once(stdout.setEncoding('utf8'), 'data');
  return { child, ready: JSON.parse(line), ended };
}

/** The entries of a daemon's log. */
export const logOf = ({ data }: Workspace): Array<Record<string, unknown>> =>
  readFileSync(daemonPaths(data).log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));

/** A group with its admin Ada in which a handler is attached to a bot. */
export async function groupWith({ app }: Pick<Daemon, 'app'>, handler: string) {
  const thread = await ensureGroup(app, 'Lounge', { chatBots: true });
  const ada = await ensureUser(app, 'Ada');
  await ensureParticipant(app, { thread, user: ada, admin: true });
  await attachHandler(app, { thread, user: ada, handler, params: {} });
  const bodies = async () =>
    (await app.store.messages.newest(thread.id, 100)).map(({ body }) => body).reverse();
  return {
    thread,
    ada,
    bodies,
    say: (body: string) => sendMessage(app, { threadId: thread.id, sender: ada, outgoing: { body } }),
  };
}
