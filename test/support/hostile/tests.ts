import { beforeAll, expect } from 'vitest';
import { endAfterAll } from '../temporary-folder.ts';
import { endsItself } from './ending.ts';
import { HostileFixture } from './fixture.ts';
import type { HostileHandler, Isolation } from './handler.ts';
import { leavesBehind } from './leaving.ts';
import { speaksForTheWorker } from './speaking.ts';
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

/** The fixture of a group of tests. It exists once they run. */
export function fixtureFor(handlers: readonly HostileHandler[], isolation: Isolation) {
  const atEnd = endAfterAll();
  let fixture: HostileFixture;
  beforeAll(async () => {
    fixture = await HostileFixture.open(handlers, isolation, atEnd);
  });
  return {
    /** Lets a handler do its worst: it ends as is said of it, and the world is as it was. */
    async expectHarmless({ name, ends, number }: ReturnType<typeof rowsOf>[number]): Promise<void> {
      const { ended, error, world } = await fixture.run(name);
      expect((typeof ends === 'string' ? ends : ends[isolation]).split('|')).toContain(ended);
      expect(world).toBe(fixture.clean);
      if (error === null) return;
      expect(error.stack).toMatch(new RegExp(`bots/Hostile${number}\\.ts:\\d+`));
      expect(error.message.length).toBeLessThan(5_000);
    },

    expectFast(): void {
      const { during, usual } = fixture.times;
      expect(median(during) - median(usual)).toBeLessThan(patience);
    },

    async expectNothingLeft(): Promise<void> {
      await fixture.testGroup.app.close();
      expect(await fixture.left()).toEqual([]);
    },
  };
}
