import { beforeAll, describe, expect, test } from 'vitest';
import { endAfterAll } from '../temporary-folder.ts';
import { endsItself } from './ending.ts';
import type { HostileHandler, Isolation } from './handler.ts';
import { leavesBehind } from './leaving.ts';
import { speaksForTheWorker } from './speaking.ts';
import { HostileStage } from './stage.ts';
import { neverEnds, takesAll } from './taking.ts';
import { changesTheWorld } from './world.ts';

const groups: Array<[does: string, handlers: HostileHandler[]]> = [
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

/** The tests of all hostile handlers. They take long, so that each isolation has a file of its own. */
export function testHostileHandlers(isolation: Isolation): void {
  describe(`in a ${isolation} of its own, a handler that`, () => {
    describe.each(groups)('%s hurts nobody:', (_, handlers) => {
      const atEnd = endAfterAll();
      let stage: HostileStage;
      beforeAll(async () => {
        stage = await HostileStage.open(handlers, isolation, atEnd);
      });

      test.each(handlers.map(([name, , ends], number) => ({ name, ends, number })))(
        '$name',
        async ({ name, ends, number }) => {
          const { ended, error, world } = await stage.run(name);
          expect((typeof ends === 'string' ? ends : ends[isolation]).split('|')).toContain(ended);
          expect(world).toBe(stage.clean);
          if (error === null) return;
          expect(error.stack).toMatch(new RegExp(`bots/Hostile${number}\\.ts:\\d+`));
          expect(error.message.length).toBeLessThan(5_000);
        },
      );

      test('others answer as fast as ever', () => {
        const { during, usual } = stage.times;
        expect(median(during) - median(usual)).toBeLessThan(patience);
      });

      test('nothing that was started lives on', async () => {
        await stage.story.app.close();
        expect(await stage.left()).toEqual([]);
      });
    });
  });
}
