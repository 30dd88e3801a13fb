import { beforeAll, expect } from 'vitest';
import { endAfterAll } from '../temporary-folder.ts';
import { endsItself } from './ending.ts';
import type { HostileHandler, Isolation } from './handler.ts';
import { leavesBehind } from './leaving.ts';
import { speaksForTheWorker } from './speaking.ts';
import { HostileStage } from './stage.ts';
import { neverEnds, takesAll } from './taking.ts';
import { changesTheWorld } from './world.ts';

/** The hostile handlers, by what they do. */
export const hostileGroups: Array<[does: string, handlers: HostileHandler[]]> = [
  ['changes the world', changesTheWorld],
  ['speaks for its worker', speaksForTheWorker],
  ['takes all there is', takesAll],
  ['never ends', neverEnds],
  ['leaves something behind', leavesBehind],
  ['ends itself', endsItself],
];

/** How much longer than usual others may wait, in milliseconds. */
const patience = 300;

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;

/** What a table of tests needs of hostile handlers. */
export const rowsOf = (handlers: readonly HostileHandler[]) =>
  handlers.map(([name, , ends], number) => ({ name, ends, number }));

/** The stage of a group of tests; it is there once they run. */
export function stageFor(handlers: readonly HostileHandler[], isolation: Isolation) {
  const atEnd = endAfterAll();
  let stage: HostileStage;
  beforeAll(async () => {
    stage = await HostileStage.open(handlers, isolation, atEnd);
  });
  return {
    /** Lets a handler do its worst: it ends as is said of it, and the world is as it was. */
    async expectHarmless({ name, ends, number }: ReturnType<typeof rowsOf>[number]): Promise<void> {
      const { ended, error, world } = await stage.run(name);
      expect((typeof ends === 'string' ? ends : ends[isolation]).split('|')).toContain(ended);
      expect(world).toBe(stage.clean);
      if (error === null) return;
      expect(error.stack).toMatch(new RegExp(`bots/Hostile${number}\\.ts:\\d+`));
      expect(error.message.length).toBeLessThan(5_000);
    },

    expectFast(): void {
      const { during, usual } = stage.times;
      expect(median(during) - median(usual)).toBeLessThan(patience);
    },

    async expectNothingLeft(): Promise<void> {
      await stage.testGroup.app.close();
      expect(await stage.left()).toEqual([]);
    },
  };
}
