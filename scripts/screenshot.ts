import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { packageFile } from '../src/base/package-file.ts';
import { ansiToSvg } from './ansi-svg.ts';

/*
 * Takes the picture of the README from the real program: npm run docs:screen
 */

const columns = 120;
const rows = 25;

/** Milliseconds after which what was expected will not come any more. */
const patience = 60_000;

const server = ['-u', '-L', `messenger-${randomUUID()}`, '-f', '/dev/null'];
const environment = { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', NO_COLOR: '', TZ: 'UTC' };

const tmux = (...words: string[]): string =>
  execFileSync('tmux', [...server, ...words], { encoding: 'utf8', env: environment });

/** @throws an `Error` when a text does not come onto the screen */
async function until(text: string): Promise<void> {
  for (const end = Date.now() + patience; Date.now() < end; await setTimeout(50)) {
    if (tmux('capture-pane', '-p').includes(text)) return;
  }
  throw new Error(`${JSON.stringify(text)} does not stand on the screen:\n${tmux('capture-pane', '-p')}`);
}

const press = (key: string): string => tmux('send-keys', key);

async function say(line: string): Promise<void> {
  tmux('send-keys', '-l', line);
  await until(`› ${line}`);
  press('Enter');
}

const isOpen = (): boolean =>
  spawnSync('tmux', [...server, 'has-session'], { env: environment }).status === 0;

/** Ends the program in its own way: it writes into its folder until then. */
async function leave(): Promise<void> {
  press('C-c');
  for (const end = Date.now() + patience; isOpen() && Date.now() < end; ) await setTimeout(50);
  if (isOpen()) tmux('kill-server');
}

/** What is on the screen, with colours, once alice has talked to two bots. */
async function talk(): Promise<string> {
  await until('Attached to PlaygroundBot');
  await say('/thread new ops');
  await until('→ #ops ›');
  await say('/thread Playground');
  await until('→ #Playground ›');
  await say('oh, hi there');
  await until('👋 1');
  await say('/attach commands');
  await until('Attach List Commands');
  press('C-s');
  await until('exact:caseless: !commands');
  await say('!commands');
  await until('Commands');
  press('M-Up');
  press('M-Up');
  await until('hello: no match');
  await until('idle');
  return tmux('capture-pane', '-e', '-p');
}

/** The same screen whenever the picture is taken: moments are fixed, in as many columns. */
const still = (screen: string): string =>
  screen
    .replace(/(?<!\d)\d\d:\d\d(?!\d)/g, '09:41')
    .replace(/(─+) \w+, \d+ \w+ \d{4} (─+)/g, (rule) => {
      const day = ' Monday, 5 January 2026 ';
      const left = Math.floor((rule.length - day.length) / 2);
      return `${'─'.repeat(left)}${day}${'─'.repeat(rule.length - day.length - left)}`;
    })
    .replace(/(?<!\d)\d+ ms\b/g, '12 ms');

const folder = mkdtempSync(path.join(tmpdir(), 'messenger-'));
const simulate = `'${process.execPath}' '${packageFile('bin/messenger.js')}' simulate --as alice`;
try {
  mkdirSync(path.join(folder, 'bots'));
  writeFileSync(
    path.join(folder, 'bots', 'HelloBot.ts'),
    readFileSync(packageFile('examples/bots/HelloBot.ts'), 'utf8'),
  );
  tmux('new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, '-c', folder, simulate);
  try {
    writeFileSync(
      packageFile('docs/screen.svg'),
      ansiToSvg(still(await talk()), columns, 'messenger simulate'),
    );
  } finally {
    await leave();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
