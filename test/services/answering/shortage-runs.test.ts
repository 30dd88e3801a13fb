import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Run } from '../../../src/domain/run.ts';
import { exactBot } from '../../support/bot-source.ts';
import { openLatch, waitingAtLatch } from '../../support/latch.ts';
import { temporaryFolder, writeFiles } from '../../support/temporary-folder.ts';
import { inThread, TestGroup } from '../../support/test-group.ts';

const emfile = `Object.assign(new Error("EMFILE: too many open files, open 'x'"), { code: 'EMFILE' })`;

/** Says one thing, throws in its first life, and says another in its next. */
const failingOnce = (error: string) =>
  exactBot(
    'Short',
    'hi',
    `const { existsSync, writeFileSync } = await import('node:fs');
     const mark = new URL('../mark', import.meta.url);
     await this.composer().message('one');
     if (!existsSync(mark)) { writeFileSync(mark, ''); throw ${error}; }
     await this.composer().message('two');`,
  );

/** Sends "hi", lets the time of each start come, and gives the run once it has ended. */
async function ending(testGroup: TestGroup): Promise<Run | undefined> {
  const { id } = await testGroup.send('Ada', 'hi');
  const run = async () => [...(await testGroup.app.store.runs.ofMessage(id)).values()][0];
  const status = async () => {
    testGroup.clock.advance(2_000);
    testGroup.app.queue.wake();
    return (await run())?.status;
  };
  await expect.poll(status, { timeout: 60_000 }).toMatch(/handled|failed/);
  return run();
}

const said = async (testGroup: TestGroup): Promise<string[]> =>
  (await testGroup.texts()).filter(({ owner }) => owner.type === 'bot').map(({ body }) => body);

describe('a handler that throws what the machine lacks for a while', () => {
  test.each([
    ['too few file descriptors', emfile],
    ['too few of them for its request', `new Error('fetch failed', { cause: ${emfile} })`],
    ['no room on the disk', `Object.assign(new Error('write'), { code: 'ENOSPC' })`],
  ])('starts again, repeats nothing and has not failed: %s', async (_, error) => {
    const testGroup = await TestGroup.open({ 'Short.ts': failingOnce(error) }, inThread);
    await testGroup.attach('short');
    const failed = testGroup.collect('BotActionFailed');
    expect(await ending(testGroup)).toMatchObject({ status: 'handled', attempts: 1 });
    expect(await said(testGroup)).toEqual(['one', 'two']);
    expect(failed).toEqual([]);
  });

  test('and always does so fails with its own error in the end', async () => {
    const always = exactBot(
      'Leak',
      'hi',
      `const fs = await import('node:fs');
       fs.appendFileSync(new URL('../starts', import.meta.url), '.');
       throw ${emfile};`,
    );
    const testGroup = await TestGroup.open({ 'Leak.ts': always }, inThread);
    await testGroup.attach('leak');
    const error = { code: 'HANDLER_THREW', message: expect.stringMatching(/^EMFILE: too many open files/) };
    expect(await ending(testGroup)).toMatchObject({ status: 'failed', error });
    expect(readFileSync(path.join(testGroup.workspace.folder, 'starts'), 'utf8')).toBe('....');
  });

  test('while its file is loaded: another start loads it', async () => {
    const load = `
      import { existsSync, writeFileSync } from 'node:fs';
      const mark = new URL('../mark', import.meta.url);
      if (existsSync(mark) && existsSync(new URL('../short', import.meta.url))) {
        unlinkSync(new URL('../short', import.meta.url));
        throw ${emfile};
      }`;
    const source = exactBot('Late', 'hi', `await this.composer().message('loaded');`);
    const file = `import { unlinkSync } from 'node:fs';${load}${source}`;
    const testGroup = await TestGroup.open({ 'Late.ts': file }, inThread);
    await testGroup.attach('late');
    // A worker loads a file once: those that know it are used no more.
    for (const name of ['mark', 'short']) writeFileSync(path.join(testGroup.workspace.folder, name), '');
    testGroup.app.sandbox.restartWorkers();
    expect(await ending(testGroup)).toMatchObject({ status: 'handled' });
    expect(await said(testGroup)).toEqual(['loaded']);
    expect(existsSync(path.join(testGroup.workspace.folder, 'short'))).toBe(false);
  });
});

describe('a database that is locked while a handler posts', () => {
  test('ends this start of the run: another one posts, and the handler is told no error', async () => {
    const handle = `
      await this.composer().message('one');
      ${waitingAtLatch('shortage')}
      await this.composer().emitTyping();
      await this.composer().message('two').catch((error) => this.composer().message('caught ' + error.message));`;
    const folder = temporaryFolder(onTestFinished);
    const settings = { bots: { enabled: true, concurrency: 1 }, database: { busyTimeout: 0 } };
    writeFiles(folder, {
      'messenger.config.mjs': `export default ${JSON.stringify(settings)};`,
      'bots/Post.ts': exactBot('Post', 'hi', handle),
    });
    const testGroup = await TestGroup.in(folder, 'Lounge');
    await testGroup.attach('post');
    const failed = testGroup.collect('BotActionFailed');
    const messages = testGroup.collect('NewMessage');
    await testGroup.send('Ada', 'hi');
    await expect.poll(() => messages.at(-1)?.message.body).toBe('waiting');
    const locking = new SqliteDatabase(testGroup.workspace.database);
    locking.exec('begin immediate');
    const stopped = testGroup.next('StoppedTyping');
    openLatch('shortage');
    await stopped;
    locking.close();
    await expect
      .poll(
        () => {
          testGroup.clock.advance(2_000);
          testGroup.app.queue.wake();
          openLatch('shortage');
          return said(testGroup);
        },
        { timeout: 60_000 },
      )
      .toEqual(['one', 'waiting', 'two']);
    await testGroup.app.queue.idle();
    expect(failed).toEqual([]);
  });
});
