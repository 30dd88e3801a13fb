import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openApp } from '../../src/app.ts';
import { packageFile } from '../../src/base/package-file.ts';
import { findWorkspace } from '../../src/config/workspace.ts';
import { openPlayground } from '../../src/services/bots/playground.ts';
import { newMessage } from '../../src/services/messages/send-message.ts';

/** Opens the playground of a folder for Ada and stores so many messages in it, as no client could in the time. */
export async function fillPlayground(folder: string, total: number): Promise<void> {
  const app = await openApp({ workspace: findWorkspace(folder), botsEnabled: true });
  const { thread, owner } = await openPlayground(app, 'ada');
  await app.store.transaction(async (store) => {
    for (let number = 1; number <= total; number++) {
      const body = `message ${number} ${number % 7 === 0 ? 'with many words '.repeat(15) : ''}`;
      const ada = { type: 'user', id: owner.id, name: owner.name } as const;
      await store.messages.insert(newMessage(app, { thread, owner: ada, outgoing: { body } }));
    }
  });
  await app.close();
}

/** A program in a terminal of 160 × 45, which `script` makes. */
export type Terminal = ChildProcessWithoutNullStreams;

/** Resolves once a text stands on the screen. */
export async function openTerminal(folder: string, command: string, ready: string): Promise<Terminal> {
  const words = `stty cols 160 rows 45; exec '${process.execPath}' ${command}`;
  const child = spawn('script', ['-qfec', words, '/dev/null'], { cwd: folder });
  let shown = '';
  while (!shown.includes(ready)) shown += String((await once(child.stdout, 'data'))[0]);
  return child;
}

/** The full screen of a person. */
export const openFullScreen = (folder: string, name: string, ready: string): Promise<Terminal> =>
  openTerminal(folder, `'${packageFile('bin/messenger.js')}' simulate --as ${name}`, ready);
