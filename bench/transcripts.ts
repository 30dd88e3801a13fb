/**
 * How long 100 transcripts of 10 messages take: `npm run bench -- transcripts [rounds]`.
 *
 * Writes them into a workspace of its own and runs the built `messenger test` there, from its start to its end: once
 * without commands, and once with a slash command in each transcript, which needs a server.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { packageFile } from '../src/base/package-file.ts';
import { median, table } from './support/figures.ts';

const rounds = Number(process.argv[2] ?? 5);
const transcripts = 100;
const messages = 10;

const handler = `
import { BotActionHandler, MessengerBots } from 'messenger-bots';

export default class HelloBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'hello', description: 'Says hello.', name: 'Hello', triggers: ['hi'], match: MessengerBots.MATCH_CONTAINS };
  }

  override async handle() {
    await this.composer().emitTyping().message('Why hello there ' + this.message.owner.name + '!');
    await this.composer().reaction(this.message, '👋');
  }
}
`;

const exchange = (who: string) =>
  `  - ${who}: oh, hi there\n  - PlaygroundBot: Why hello there ${who}!\n  - PlaygroundBot reacts: 👋\n`;

const chat = (beginning: string) =>
  `chat:\n${beginning}${Array.from({ length: messages }, (_, index) => exchange(`person${index % 3}`)).join('')}`;

/** Makes a workspace with the transcripts. */
function workspace(beginning: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'messenger-bench-'));
  mkdirSync(path.join(folder, 'bots'));
  writeFileSync(path.join(folder, 'bots', 'HelloBot.ts'), handler);
  for (let number = 1; number <= transcripts; number++)
    writeFileSync(path.join(folder, `${number}.chat.yaml`), chat(beginning));
  return folder;
}

/** Milliseconds that the command takes. */
async function timeOf(folder: string): Promise<number> {
  const began = performance.now();
  const child = spawn(process.execPath, [packageFile('bin/messenger.js'), 'test'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`messenger test exited with ${code}`);
  return performance.now() - began;
}

const kinds = [
  { name: 'messages only', folder: workspace('') },
  { name: 'with a command in each', folder: workspace('  - person0: /admin person1 on\n') },
];
try {
  const rows = [];
  for (const { name, folder } of kinds) {
    const times: number[] = [];
    for (let round = 0; round < rounds; round++) times.push(await timeOf(folder));
    const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;
    rows.push([name, seconds(Math.min(...times)), seconds(median(times)), seconds(Math.max(...times))]);
  }
  console.log(
    table([[`${transcripts} transcripts of ${messages} messages`, 'least', 'median', 'most'], ...rows]),
  );
} finally {
  for (const { folder } of kinds) rmSync(folder, { recursive: true, force: true });
}
