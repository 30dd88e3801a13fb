import { expect, test } from 'vitest';
import { exactBot } from '../../support/bot-source.ts';
import { TestGroup } from '../../support/test-group.ts';

const sending = exactBot(
  'Sender',
  'hi',
  `await this.composer().message('before');
   await this.composer().document(new File(['text'], 'a.txt'));
   await this.composer().message('after');`,
  { members: 'static timeout = 1_000;' },
);

/** A disk that hangs from now on, until it goes on. */
function hangingDisk({ app }: TestGroup) {
  const { files } = app;
  const write = files.write.bind(files);
  const writings: Array<Promise<unknown>> = [];
  let goOn = () => {};
  const hangs = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  files.write = (...args) => {
    const writing = hangs.then(() => write(...args));
    writings.push(writing);
    return writing;
  };
  return { writings, goOn };
}

test('a run whose upload hangs ends at its deadline, and nothing of it is stored later', async () => {
  const testGroup = await TestGroup.open({ 'Sender.ts': sending });
  await testGroup.attach('sender');
  const { writings, goOn } = hangingDisk(testGroup);
  expect(await testGroup.watch('Ada', 'hi')).toEqual(['says before', 'failed sender HANDLER_TIMEOUT']);
  expect(writings).toHaveLength(1);
  goOn();
  await Promise.all(writings);
  // What it wrote goes as soon as it is refused.
  await expect.poll(() => testGroup.app.store.unclaimedFiles.all()).toEqual([]);
  expect(await testGroup.written()).toEqual(['Ada: hi', 'LoungeBot: before']);
});

test('the daemon ends all the same', async () => {
  const testGroup = await TestGroup.alone(
    { 'Sender.ts': sending.replace('1_000', '60_000') },
    {},
    undefined,
    {
      queue: { grace: 100 },
    },
  );
  await testGroup.attach('sender');
  const { writings } = hangingDisk(testGroup);
  await testGroup.send('Ada', 'hi');
  await expect.poll(() => writings.length, { timeout: 30_000 }).toBe(1);
  const begun = performance.now();
  await testGroup.app.close();
  expect(performance.now() - begun).toBeLessThan(2_000);
  // It is done again, from where it was.
  await testGroup.restart();
  await testGroup.app.queue.idle();
  expect((await testGroup.written()).filter((text) => text.includes('before'))).toHaveLength(1);
  expect((await testGroup.written()).at(-1)).toContain('after');
});
