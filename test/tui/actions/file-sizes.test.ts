import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isMessage } from '../../../src/tui/state/conversation.ts';
import { helloBot } from '../../support/handlers.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { TestScreen } from '../../support/test-screen.ts';

test('a file is shown with its size once that is known', async () => {
  const screen = await TestScreen.open({ 'HelloBot.ts': helloBot }, onTestFinished);
  const file = path.join(temporaryFolder(), 'notes.txt');
  writeFileSync(file, 'x'.repeat(1_250));
  await screen.type(`/upload ${file}`);
  await screen.until(({ conversation }) =>
    conversation.entries.some((entry) => isMessage(entry) && entry.fileSize === 1_250),
  );
  expect(screen.state.conversation.entries.filter(isMessage).at(-1)?.fileSize).toBe(1_250);
});
