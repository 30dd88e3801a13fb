import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageFile } from '../src/base/package-file.ts';
import type { Terminal } from '../test/support/terminal.ts';
import { type Captures, simulatePage, withNewTables } from './simulate-page.ts';
import { inSimulator } from './simulator.ts';

/** Talks to the bots of the documentation in a real terminal, and keeps what is seen. */
async function capture(terminal: Terminal, folder: string): Promise<Captures> {
  await terminal.until('Attached to PlaygroundBot');
  await terminal.say('oh, hi there');
  const talk = await terminal.until((shown) => shown.includes('👋 1') && shown.includes(' idle'));

  await terminal.say('/thread new ops');
  await terminal.until('→ #ops ›');
  await terminal.say('/bot add Helper');
  await terminal.until('Helper is here.');
  await terminal.say('/attach reply');
  await terminal.until('Attach Reply to Helper');
  await terminal.press('C-s');
  const form = await terminal.until('The triggers field is required.');
  await terminal.press('Escape');
  // What follows an Escape at once would be read as one key with it.
  await terminal.until((shown) => !shown.includes('Attach Reply to Helper'));

  await terminal.say('/thread Playground');
  await terminal.until('→ #Playground ›');
  const file = path.join(folder, 'bots', 'HelloBot.ts');
  const source = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    source.replace('async handle() {', "async handle() {\n    throw new Error('out of coffee');"),
  );
  await terminal.until('HelloBot reloaded');
  await terminal.say('hi again');
  await terminal.until('out of coffee');
  await terminal.press('M-Up');
  const inspector = await terminal.until('failed after');
  await terminal.press('Escape');
  await terminal.until((shown) => !shown.includes('failed after'));
  await terminal.resize(80, 24);
  await terminal.until((shown) => shown.split('\n').length <= 24 && shown.includes('F1 help'));
  await terminal.press('F1');
  const help = await terminal.until((shown) => shown.includes('Prompt') && shown.includes('Esc: close'));
  return [
    { words: 'A playground opens with every handler of `bots/` attached:', screen: talk },
    {
      words: '`/attach` asks for what the handler needs, and shows errors next to the fields:',
      screen: form,
    },
    {
      words: 'A saved handler is live at once. When one fails, the inspector says where and why:',
      screen: inspector,
    },
    { words: '`F1` lists the keys of every pane:', screen: help },
  ];
}

const page = packageFile('docs/simulate.md');
const text =
  process.argv[2] === 'tables'
    ? withNewTables(readFileSync(page, 'utf8'))
    : simulatePage(await inSimulator([128, 30], capture));
writeFileSync(page, text);
