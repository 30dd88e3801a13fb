import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answerTo, serveTurns, triggers } from './turns.mjs';

// Its ES modules do not load in Node.
const require = createRequire(import.meta.url);
const { Context, Logger } = require('koishi');
const { MockBot } = require('@koishijs/plugin-mock');
const { default: SQLiteDriver } = require('@minatojs/driver-sqlite');

Logger.levels.base = Logger.ERROR;

const folder = mkdtempSync(path.join(tmpdir(), 'messenger-peers-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

const app = new Context();
app.plugin(SQLiteDriver, { path: path.join(folder, 'koishi.sqlite') });
app.plugin(MockBot, { selfId: 'bot' });
for (const trigger of triggers) {
  app.middleware(({ content }, next) => (content.startsWith(trigger) ? answerTo(content) : next()));
}
await app.start();
const clients = Array.from({ length: 16 }, (_, lane) => app.mock.client(`user ${lane}`, `channel ${lane}`));

serveTurns(async (lane, number) => {
  const [answer] = await clients[lane].receive(`!ask ${number}`, 1);
  return answer;
});
