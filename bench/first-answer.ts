/**
 * How long a test waits for the first answer of a bot: `npm run bench -- first-answer [rounds]`.
 *
 * A process that has loaded the test kit opens a chat with one handler, says what it answers, and closes the chat, ten
 * times. The first time includes what the engine compiles and loads then.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { BotActionHandler } from '../src/index.ts';
import { createChat } from '../src/testing/index.ts';
import { median, quantile, table } from './support/figures.ts';

interface Times {
  /** Milliseconds until the answer. */
  wall: number;
  /** Milliseconds of processor time. */
  cpu: number;
}

const chats = 10;

class HelloBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'hello',
      name: 'Hello',
      description: 'Greets.',
      match: 'exact' as const,
      triggers: ['hi'],
    };
  }

  async handle() {
    await this.composer().message('Hello!');
  }
}

async function firstAnswer(): Promise<Times> {
  const [start, used] = [performance.now(), process.cpuUsage()];
  const chat = await createChat({ bots: [HelloBot], clock: 'frozen' });
  const { messages } = await chat.as('alice').say('hi');
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(used);
  await chat.close();
  if (messages[0]?.body !== 'Hello!') throw new Error('The bot did not answer.');
  return { wall, cpu: (user + system) / 1000 };
}

async function measureHere(): Promise<void> {
  const all: Times[] = [];
  for (let chat = 0; chat < chats; chat++) all.push(await firstAnswer());
  console.log(JSON.stringify(all));
}

async function measureInProcess(): Promise<Times[]> {
  const child = spawn(process.execPath, [process.argv[1] ?? '', 'here'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  if (code !== 0) throw new Error('The chats could not be measured.');
  return JSON.parse(output);
}

async function measureAll(rounds: number): Promise<void> {
  const runs: Times[][] = [];
  for (let round = 0; round < rounds; round++) runs.push(await measureInProcess());
  const first = runs.flatMap(([one]) => one ?? []);
  const later = runs.flatMap(([, ...others]) => others);
  const row = (name: string, times: readonly Times[]) => {
    const [walls, cpus] = [times.map(({ wall }) => wall), times.map(({ cpu }) => cpu)];
    return [
      name,
      ...[median(walls), quantile(walls, 0.9), median(cpus)].map((value) => `${value.toFixed(1)} ms`),
    ];
  };
  console.log(
    table([
      ['chat of the process', 'until the answer, median', '90%', 'processor time, median'],
      row('the first', first),
      row('each later one', later),
    ]),
  );
}

const [argument = '20'] = process.argv.slice(2);
await (argument === 'here' ? measureHere() : measureAll(Number(argument)));
