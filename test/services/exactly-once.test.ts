import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { exactBot, posting } from '../support/bot-source.ts';
import { waitingAt } from '../support/gate.ts';
import { Simulation } from '../support/simulation.ts';
import { Story } from '../support/story.ts';
import { makeWorkspace } from '../support/workspace.ts';

/** Ends for ever here the first time, and goes on where a file tells it to. */
const blocked =
  "if (!(await import('node:fs')).existsSync(new URL('../go-on', import.meta.url))) await new Promise(() => {});";
const steps = `
  await this.composer().emitTyping();
  await this.composer().message('one');
  await this.composer().reaction(this.message, '👋');
  ${blocked}
  await this.composer().message('two');`;

/** A workspace whose handlers go on when they are run again. */
const workspaceOf = (bots: Record<string, string>): string =>
  makeWorkspace(Object.fromEntries(Object.entries(bots).map(([name, text]) => [`bots/${name}.ts`, text])))
    .folder;

const goOn = (folder: string) => writeFileSync(path.join(folder, 'go-on'), '');

/** Everything that is stored about the playground, as the next start finds it. */
async function playgroundOf(
  folder: string,
): Promise<{ written: string[]; reactions: string[]; pending: boolean }> {
  const story = await Story.in(folder, 'Playground');
  const texts = await story.texts();
  const reactions = await Promise.all(texts.map(({ id }) => story.app.store.reactions.of(id)));
  return {
    written: await story.written(),
    reactions: reactions.flat().map(({ reaction }) => reaction),
    pending: await story.app.store.jobs.pending('messenger-bots'),
  };
}

describe('a process that is killed in the middle of a handler', () => {
  test('leaves a database with which the next one finishes, and nothing is done twice', async () => {
    const folder = workspaceOf({
      A: exactBot('A', 'hi', posting("'before'")),
      B: exactBot('B', 'hi', steps),
      C: exactBot('C', 'hi', posting("'after'")),
    });
    const killed = new Simulation(folder);
    killed.type('hi');
    killed.type('hi again');
    await killed.until({ event: 'reaction' });
    expect(await killed.kill('SIGKILL')).toMatchObject({ signal: 'SIGKILL', stderr: '' });
    goOn(folder);
    const next = new Simulation(folder);
    expect(await next.end()).toMatchObject({ code: 0, stderr: '' });
    expect(killed.answers).toEqual(['before', 'one']);
    expect(next.answers).toEqual(['two', 'after']);
    expect(await playgroundOf(folder)).toEqual({
      written: [
        'Ada: hi',
        'PlaygroundBot: before',
        'PlaygroundBot: one',
        'PlaygroundBot: two',
        'PlaygroundBot: after',
      ],
      reactions: [':wave:'],
      pending: false,
    });
  });

  test('keeps the cooldown that had begun', async () => {
    const folder = workspaceOf({ B: exactBot('B', 'hi', steps) });
    const killed = new Simulation(folder);
    killed.type('/detach b');
    killed.type('/attach b cooldown=900');
    killed.type('hi');
    await killed.until({ event: 'reaction' });
    await killed.kill('SIGKILL');
    goOn(folder);
    const next = new Simulation(folder);
    next.type('hi');
    await next.end();
    expect(next.answers).toEqual(['two']);
  });

  test('is noticed by another process in the same folder, which goes on with all that waits', async () => {
    const folder = workspaceOf({ B: exactBot('B', 'hi', steps) });
    writeFileSync(path.join(folder, 'messenger.config.mjs'), 'export default { bots: { enabled: true } };');
    const killed = new Simulation(folder);
    killed.type('hi');
    await killed.until({ event: 'reaction' });
    const story = await Story.in(folder, 'Playground');
    await story.send('Bob', 'hi');
    goOn(folder);
    await killed.kill('SIGKILL');
    await story.app.queue.idle();
    expect(await story.written()).toEqual([
      'Ada: hi',
      'PlaygroundBot: one',
      'Bob: hi',
      'PlaygroundBot: two',
      'PlaygroundBot: one',
      'PlaygroundBot: two',
    ]);
  });
});

describe('an app that is closed in the middle of a handler', () => {
  test('interrupts what does not end in time; the next one finishes, and nothing is done twice', async () => {
    const gate = steps.replace(blocked, waitingAt('exactly-once'));
    const story = await Story.open({ 'B.ts': exactBot('B', 'hi', gate) });
    const action = await story.attach('b', { cooldown: 900 });
    const reacted = story.next('ReactionAdded');
    const { id } = await story.send('Ada', 'hi');
    await reacted;
    await story.restart({
      'B.ts': exactBot('B', 'hi', steps.replace(blocked, "await this.composer().message('waiting');")),
    });
    await story.app.queue.idle();
    expect(await story.written()).toEqual([
      'Ada: hi',
      'LoungeBot: one',
      'LoungeBot: waiting',
      'LoungeBot: two',
    ]);
    expect((await story.app.store.runs.ofMessage(id)).get(action.id)).toMatchObject({
      status: 'handled',
      attempts: 1,
    });
  });
});

describe('a handler that kills its process every time', () => {
  test('is given up at the sixth start; the other actions and the next message go on', async () => {
    const folder = workspaceOf({
      A: exactBot('A', 'hi', posting("'before'")),
      Deadly: exactBot(
        'Deadly',
        'hi',
        "await this.composer().message('last words'); process.kill(process.pid, 'SIGKILL');",
      ),
      Z: exactBot('Z', 'hi', posting("'after'")),
    });
    const first = new Simulation(folder);
    first.type('hi');
    expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });
    for (let start = 2; start <= 5; start++) {
      const again = new Simulation(folder);
      expect(await again.end()).toMatchObject({ signal: 'SIGKILL' });
      expect(again.answers).toEqual([]);
    }
    const last = new Simulation(folder);
    last.type('/detach deadly');
    last.type('hi');
    expect(await last.end()).toMatchObject({ code: 1 });
    expect(last.events.filter(({ event }) => event === 'failed')).toMatchObject([
      {
        handler: 'deadly',
        code: 'HANDLER_KEPT_CRASHING',
        body: expect.stringMatching(
          /^Deadly was started 5 times and never came to its end: the whole process died each time/,
        ),
      },
    ]);
    expect(last.answers).toEqual(['after', 'before', 'after']);
    expect(existsSync(path.join(folder, '.messenger', 'messenger.sqlite'))).toBe(true);
  });
});
