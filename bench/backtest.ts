/**
 * How long a backtest of changed triggers takes over many stored messages, and how much memory it needs. Beside it runs
 * the least that this costs, reading the same messages.
 *
 * `npm run bench -- backtest [messages]`
 */

import { MovableClock } from '../src/base/clock.ts';
import { newId } from '../src/base/ids.ts';
import { newGroup } from '../src/domain/thread.ts';
import { backtest } from '../src/services/backtesting/backtest.ts';
import { openSqliteStore } from '../src/store/store.ts';
import { aHandler } from '../test/support/descriptions.ts';
import { aBot, aMessage, anAction, aUser } from '../test/support/records.ts';
import { table } from './support/figures.ts';

const count = Number(process.argv[2] ?? 100_000);
const clock = new MovableClock();
const store = await openSqliteStore(':memory:');
const user = aUser();
const thread = newGroup(newId(), 'Bench', clock.now());
const words = ['hello', 'the', 'weather', 'is', 'good', 'today', 'which', 'bot', 'answers', 'this', 'hey'];

await store.transaction(async (transaction) => {
  await transaction.users.insert(user);
  await transaction.threads.insert(thread);
  const bot = aBot({ threadId: thread.id });
  await transaction.bots.insert(bot);
  await transaction.bots.insertAction(
    anAction({ botId: bot.id, match: 'contains:caseless', triggers: 'hello|hi' }),
  );
  const owner = { type: 'user', id: user.id, name: user.name } as const;
  for (let number = 0; number < count; number++) {
    const body = Array.from({ length: 8 }, (_, place) => words[(number * (place + 3)) % words.length]).join(
      ' ',
    );
    await transaction.messages.insert(aMessage({ threadId: thread.id, owner, body }));
  }
});

const handler = aHandler();
const catalogue = { get: () => handler, find: () => handler, all: () => [handler], fileOf: () => null };

async function readAll(): Promise<void> {
  let older: number | undefined;
  for (;;) {
    const page = await store.history.page({ older, limit: 1_000 });
    older = page.at(-1)?.sequence;
    if (page.length < 1_000) return;
  }
}

const tryOut = async (): Promise<void> => {
  const change = { match: 'contains:any', triggers: ['hi', 'hey', 'weather is'] } as const;
  const { total } = await backtest({ store, catalogue, clock }, { name: 'hello', change, samples: 3 });
  if (total.messages !== count) throw new Error(`It compared ${total.messages} messages.`);
};

async function measure(work: () => Promise<void>): Promise<string> {
  const times: number[] = [];
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    await work();
    times.push(performance.now() - started);
  }
  return `${Math.round(Math.min(...times))} ms`;
}

const before = process.memoryUsage().rss;
const reading = await measure(readAll);
const trying = await measure(tryOut);
const grown = Math.round((process.memoryUsage().rss - before) / 1024 / 1024);
console.log(
  table([
    ['messages', 'read', 'backtest', 'memory'],
    [String(count), reading, trying, `+${grown} MB`],
  ]),
);
await store.close();
