import { writeFileSync } from 'node:fs';
import { packageFile } from '../src/base/package-file.ts';
import type { Terminal } from '../test/support/terminal.ts';
import { ansiToSvg } from './ansi-svg.ts';
import { inSimulator } from './simulator.ts';

/*
 * Takes the picture of the README from the real program: npm run docs:screen
 */

const columns = 120;
const rows = 25;

/** What is on the screen, with colours, once alice has talked to two bots. */
async function talk(terminal: Terminal): Promise<string> {
  await terminal.until('Attached to PlaygroundBot');
  await terminal.say('/thread new ops');
  await terminal.until('→ #ops ›');
  await terminal.say('/thread Playground');
  await terminal.until('→ #Playground ›');
  await terminal.say('oh, hi there');
  await terminal.until('👋 1');
  await terminal.say('/attach commands');
  await terminal.until('Attach List Commands');
  await terminal.press('C-s');
  await terminal.until('exact:caseless: !commands');
  await terminal.say('!commands');
  await terminal.until('Commands');
  await terminal.press('M-Up');
  await terminal.press('M-Up');
  await terminal.until('hello: no match');
  await terminal.until('idle');
  return terminal.shownInColour();
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

const screen = still(await inSimulator([columns, rows], talk));
writeFileSync(packageFile('docs/screen.svg'), ansiToSvg(screen, columns, 'messenger simulate'));
