import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Batch, textFrame } from '../../../src/http/realtime/batch.ts';

test.each([
  [0, [0x81, 0]],
  [125, [0x81, 125]],
  [126, [0x81, 126, 0, 126]],
  [65_535, [0x81, 126, 0xff, 0xff]],
  [65_536, [0x81, 127, 0, 0, 0, 0, 0, 1, 0, 0]],
])('the frame of a text of %i bytes', (length, head) => {
  const text = 'x'.repeat(length);
  expect(textFrame(text).equals(Buffer.concat([Buffer.from(head), Buffer.from(text)]))).toBe(true);
});

test('the length of a frame is in bytes', () => {
  expect(textFrame('漢')).toEqual(Buffer.from([0x81, 3, 0xe6, 0xbc, 0xa2]));
});

test('each socket is sent its frames in order, whatever the others are sent', () => {
  const socket = fc.integer({ min: 0, max: 4 });
  const sending = fc.record({ text: fc.string({ maxLength: 3 }), to: fc.uniqueArray(socket) });
  fc.assert(
    fc.property(fc.array(sending), (sendings) => {
      const nothing = new Batch();
      const batches = Array.from({ length: 5 }, () => nothing);
      for (const { text, to } of sendings) {
        const frame = textFrame(text);
        for (const one of to) batches[one] = (batches[one] ?? nothing).and(frame);
      }
      batches.forEach((batch, one) => {
        const own = sendings.filter(({ to }) => to.includes(one)).map(({ text }) => textFrame(text));
        expect(batch.bytes()).toEqual(Buffer.concat(own));
        expect(batch.size).toBe(batch.bytes().length);
      });
    }),
  );
});

test('sockets that are sent the same share its bytes', () => {
  const [one, two] = [textFrame('one'), textFrame('two')];
  const nothing = new Batch();
  const [ada, bob] = [nothing.and(one), nothing.and(one)];
  expect(ada.and(two).bytes()).toBe(bob.and(two).bytes());
});
