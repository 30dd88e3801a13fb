import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { helloBot } from '../support/handlers.ts';
import { outcome, startMessenger } from '../support/messenger.ts';
import { makeWorkspace } from '../support/workspace.ts';

const chat = (name: string) => `chat:\n  - ${name}: hi\n  - PlaygroundBot: Why hello there ${name}!\n  - …\n`;

test('messenger test --watch tests again what was saved, until Ctrl+C', async () => {
  const { folder } = makeWorkspace({
    'bots/HelloBot.ts': helloBot,
    'a.chat.yaml': chat('alice'),
    'b.chat.yaml': chat('bob'),
  });
  const child = startMessenger(folder, ['test', '--watch', '--junit', 'report.xml']);
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = outcome(child);
  let seen = '';
  let tell = () => {};
  child.stdout?.on('data', (text: string) => {
    seen += text;
    tell();
  });
  /** What a round prints. */
  const round = async () => {
    while (!seen.includes('Waiting for changes.')) await new Promise<void>((resolve) => (tell = resolve));
    const printed = seen;
    seen = '';
    return printed;
  };

  expect(await round()).toContain('2 transcripts: 2 passed, 0 failed');
  writeFileSync(path.join(folder, 'b.chat.yaml'), chat('carol'));
  expect(await round()).toMatch(/^✓ b\.chat\.yaml\n\n1 transcript: 1 passed/);
  writeFileSync(path.join(folder, 'bots/HelloBot.ts'), helloBot.replace('Why hello', 'Oh hello'));
  expect(await round()).toContain('2 transcripts: 0 passed, 2 failed');
  child.kill('SIGINT');
  expect((await ended).code).toBe(130);
});
