import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { handlerSource } from '../support/handlers.ts';
import { rejection, TestSandbox } from '../support/sandbox.ts';
import { countWorkers } from '../support/workers.ts';

/** Milliseconds: a spare worker is started a moment after the run that used the last one. */
const soon = { timeout: 30_000 };

const bot = (name: string, body: string, more: Record<string, string> = {}) => ({
  [`bots/${name}.ts`]: handlerSource(name, '!go', body),
  ...more,
});

const guarded = (name: string, more: string) => `
import { BotActionHandler } from 'messenger-bots';
import { z } from 'zod';
export class ${name} extends BotActionHandler {
  static override getSettings() {
    return { alias: 'guarded', description: 'A handler of a test.', name: 'Guarded', triggers: ['a'] };
  }
  ${more}
  handle() {}
}
`;

describe('resolve', () => {
  const rules = 'override rules() { return { times: z.int().min(1) }; }';

  test('checks parameters in the thread and gives the resolved action', async () => {
    const sandbox = new TestSandbox({ 'bots/A.ts': guarded('A', rules) });
    const handler = await sandbox.handler('bots/A.ts');
    const params = { cooldown: '5', admin_only: 0, enabled: true, match: 'exact', times: '3', other: 1 };
    expect(await sandbox.sandbox.resolve(handler, params)).toMatchObject({
      resolved: { cooldown: 5, adminOnly: false, triggers: 'a', matchMethod: 'exact', payload: { times: 3 } },
    });
  });

  test('or gives the errors by field', async () => {
    const sandbox = new TestSandbox({ 'bots/A.ts': guarded('A', rules) });
    const handler = await sandbox.handler('bots/A.ts');
    expect(await sandbox.sandbox.resolve(handler, { cooldown: 0, admin_only: false, enabled: 1 })).toEqual({
      errors: { times: ['The times field is required.'], match: ['The match field is required.'] },
    });
  });

  test('rejects with what the handler itself throws, and the next one works', async () => {
    const source = guarded('A', `serializePayload(): never { throw new Error('cannot keep it'); }\n${rules}`);
    const sandbox = new TestSandbox({ 'bots/A.ts': source });
    const handler = await sandbox.handler('bots/A.ts');
    const params = { cooldown: 0, admin_only: false, enabled: true, match: 'exact', times: 1 };
    const error = await rejection(sandbox.sandbox.resolve(handler, params));
    expect([error.message, error.stack]).toEqual([
      'A failed: cannot keep it',
      expect.stringMatching(/^at .*bots\/A\.ts:8/),
    ]);
    expect(await sandbox.sandbox.resolve(handler, {})).toHaveProperty('errors.cooldown');
  });
});

describe('authorize', () => {
  const context = { user: { id: 'a', name: 'Ada', admin: true }, thread: { id: 't', name: 'Group' } };

  test.each([
    ['authorize(c: any) { return c.user.admin && c.thread.name === "Group"; }', true],
    ['authorize(c: any) { return c.user.name !== "Ada"; }', false],
    ['async authorize() { return false; }', false],
    ['', true],
  ])('%s → %s', async (source, answer) => {
    const sandbox = new TestSandbox({ 'bots/A.ts': guarded('A', source) });
    expect(await sandbox.sandbox.authorize(await sandbox.handler('bots/A.ts'), context)).toBe(answer);
  });

  test('rejects when the check itself throws', async () => {
    const source = guarded('A', "authorize(): never { throw new Error('no list'); }");
    const sandbox = new TestSandbox({ 'bots/A.ts': source });
    const asked = sandbox.sandbox.authorize(await sandbox.handler('bots/A.ts'), context);
    expect((await rejection(asked)).message).toBe('A failed: no list');
  });
});

describe('a run', () => {
  test('hands over what the handler asks for, with a number for each step that is to be done once', async () => {
    const sandbox = new TestSandbox(
      bot(
        'AskBot',
        `await this.composer().emitTyping();
         await this.composer().message('one', this.message, { mood: 'good' });
         await this.composer().silent().reaction(this.message, '👋');
         await this.composer().emitRead();
         const two = await this.composer().message('two');
         await this.composer().message(two.id);
         await this.composer().emitStopTyping();`,
      ),
    );
    expect(await sandbox.run('AskBot')).toEqual({ cooldownReleased: false });
    const loud = { botId: null, silent: false };
    const plain = { ...loud, replyToId: null, extra: null };
    expect(sandbox.asked).toEqual([
      { kind: 'typing', step: null, args: loud },
      {
        kind: 'message',
        step: 1,
        args: { ...plain, body: 'one', replyToId: 'message', extra: { mood: 'good' } },
      },
      { kind: 'reaction', step: 2, args: { ...loud, messageId: 'message', reaction: '👋', silent: true } },
      { kind: 'read', step: null, args: { ...loud, messageId: 'message' } },
      { kind: 'message', step: 3, args: { ...plain, body: 'two' } },
      { kind: 'message', step: 4, args: { ...plain, body: 'answer 3' } },
      { kind: 'stopTyping', step: null, args: loud },
    ]);
  });

  test('tells that the cooldown was released', async () => {
    const sandbox = new TestSandbox(bot('FreeBot', 'this.releaseCooldown();'));
    expect(await sandbox.run('FreeBot')).toEqual({ cooldownReleased: true });
  });

  test('is over when what was not awaited is done', async () => {
    const sandbox = new TestSandbox(
      bot(
        'LazyBot',
        "this.composer().message('a'); this.composer().emitTyping().message('b').then(() => this.composer().message('c'));",
      ),
    );
    await sandbox.run('LazyBot');
    expect(sandbox.asked.map(({ args }) => args.body)).toEqual(['a', undefined, 'b', 'c']);
  });

  test('hands a refusal to the handler, which may go on', async () => {
    const sandbox = new TestSandbox(
      bot(
        'CatchBot',
        "try { await this.composer().message('no'); } catch (error) { console.log(error.code, error.message); }",
      ),
    );
    const onRequest = () => Promise.reject(Object.assign(new Error('refused')));
    await sandbox.run('CatchBot', { onRequest });
    expect(sandbox.printed).toEqual([{ handler: 'CatchBot', line: 'undefined refused' }]);
  });

  test('is over for good: a composer of an earlier run does nothing', async () => {
    const sandbox = new TestSandbox(
      {
        'bots/KeepBot.ts': `const kept: any[] = [];
          ${handlerSource(
            'KeepBot',
            '!keep',
            `kept.push({ handler: this, composer: this.composer() });
             if (kept.length === 2) await kept[0].composer.message('late');
             if (kept.length === 3) await kept[0].handler.composer().emitTyping();`,
          )}`,
      },
      { threads: 1 },
    );
    await sandbox.run('KeepBot');
    for (let later = 0; later < 2; later++) {
      expect((await rejection(sandbox.run('KeepBot'))).code).toBe('HANDLER_OUTSIDE_RUN');
    }
    expect(sandbox.asked).toEqual([]);
  });

  test('prints to the listener line by line, under the name of the handler', async () => {
    const sandbox = new TestSandbox(
      bot(
        'PrintBot',
        `for (let line = 1; line <= 100; line++) console.log(line);
         console.error('an error');
         process.stdout.write('no line');`,
      ),
    );
    await sandbox.run('PrintBot');
    expect(new Set(sandbox.printed.map(({ handler }) => handler))).toEqual(new Set(['PrintBot']));
    const numbers = Array.from({ length: 100 }, (_, line) => String(line + 1));
    expect(sandbox.printed.map(({ line }) => line)).toEqual([...numbers, 'an error', 'no line']);
  });
});

/** Sends which worker runs it. */
const sendPlace = `const { threadId } = await import('node:worker_threads');
  await this.composer().message(process.pid + '/' + threadId);`;

const placesOf = ({ asked }: TestSandbox) => new Set(asked.map(({ args }) => args.body));

/** Waits for a worker beside those that were used. If it is the spare one, `keepReady` starts no other. */
async function spareStarted(
  { sandbox }: TestSandbox,
  started: ReturnType<typeof countWorkers>,
  used: ReadonlySet<unknown>,
): Promise<void> {
  await expect.poll(() => started.count, soon).toBeGreaterThan(used.size);
  sandbox.keepReady();
}

describe('workers', () => {
  test('two runs go side by side', async () => {
    const sandbox = new TestSandbox(bot('MeetBot', "await this.composer().message('here');"), { threads: 2 });
    const { arrive, met } = meeting(2);
    const onRequest = async () => {
      arrive();
      await met;
    };
    await Promise.all([sandbox.run('MeetBot', { onRequest }), sandbox.run('MeetBot', { onRequest })]);
  });

  test('more runs than workers wait for their turn', async () => {
    const sandbox = new TestSandbox(bot('PlaceBot', sendPlace), { threads: 2 });
    const started = countWorkers(sandbox.sandbox);
    await Promise.all(Array.from({ length: 6 }, () => sandbox.run('PlaceBot')));
    expect(sandbox.asked).toHaveLength(6);
    const used = placesOf(sandbox);
    expect(used.size).toBe(2);
    await spareStarted(sandbox, started, used);
    expect(started.count).toBe(3);
  });

  test('of those that ran a file side by side, one waits longer than the others for its next run', async () => {
    const sandbox = new TestSandbox(bot('PlaceBot', sendPlace), { threads: 3 });
    const started = countWorkers(sandbox.sandbox);
    await sandbox.run('PlaceBot');
    await spareStarted(sandbox, started, placesOf(sandbox));
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { arrive, met } = meeting(3);
    const onRequest = async () => {
      arrive();
      await met;
    };
    await Promise.all(Array.from({ length: 3 }, () => sandbox.run('PlaceBot', { onRequest })));
    const { alive } = started;
    vi.advanceTimersByTime(10_000);
    vi.useRealTimers();
    // A spare one is started after the runs.
    await expect.poll(() => started.alive, soon).toBe(alive - 2 + 1);
  });

  test('when only one of them is left, it waits as long as one that was always alone', async () => {
    const sandbox = new TestSandbox(bot('PlaceBot', sendPlace), { threads: 2 });
    const started = countWorkers(sandbox.sandbox);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { arrive, met } = meeting(2);
    const onRequest = async () => {
      arrive();
      await met;
    };
    await Promise.all(Array.from({ length: 2 }, () => sandbox.run('PlaceBot', { onRequest })));
    // All of these use the same worker. The other one is ended a minute after its only run.
    for (let run = 0; run < 6; run++) {
      vi.advanceTimersByTime(9_000);
      await sandbox.run('PlaceBot');
    }
    const { alive } = started;
    vi.advanceTimersByTime(6_000);
    await expect.poll(() => started.alive, soon).toBe(alive - 1);
    vi.advanceTimersByTime(10_000);
    await sandbox.run('PlaceBot');
    expect(placesOf(sandbox).size).toBe(1);
  });

  test('a worker is used again, and a spare one is kept warm', async () => {
    const sandbox = new TestSandbox(bot('PlaceBot', sendPlace), { threads: 8 });
    const started = countWorkers(sandbox.sandbox);
    for (let run = 0; run < 4; run++) await sandbox.run('PlaceBot');
    const used = placesOf(sandbox);
    expect(used.size).toBe(1);
    await spareStarted(sandbox, started, used);
    expect(started.count).toBe(2);
  });

  test('closing ends all of them', async () => {
    const sandbox = new TestSandbox(bot('OneBot', ''), { threads: 2 });
    const started = countWorkers(sandbox.sandbox);
    await sandbox.run('OneBot');
    await sandbox.sandbox.close();
    await started.gone();
  });

  test('closing fails what still runs', async () => {
    const sandbox = new TestSandbox(bot('SlowBot', "await this.composer().message('here');"));
    const run = rejection(
      sandbox.run('SlowBot', { onRequest: () => sandbox.sandbox.close().then(() => new Promise(() => {})) }),
    );
    expect((await run).message).toBe('The sandbox is closed.');
  });
});

function meeting(people: number) {
  let arrived = 0;
  let tell = () => {};
  const met = new Promise<void>((resolve) => {
    tell = resolve;
  });
  return { met, arrive: () => void (++arrived === people && tell()) };
}
