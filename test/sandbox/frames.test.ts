import { serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeMessage, encodeFrame, FrameDecoder } from '../../src/sandbox/frames.ts';

/** What a decoder delivers of these chunks, as text: `[channel, payload]`. */
function decode(chunks: readonly Buffer[], limit = 1_000): Array<[number, string]> {
  const frames: Array<[number, string]> = [];
  const decoder = new FrameDecoder(limit, (channel, payload) => frames.push([channel, payload.toString()]));
  for (const chunk of chunks) decoder.push(chunk);
  return frames;
}

/** A stream of bytes in chunks of this size. */
const inChunks = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

const frame = (channel: number, text: string): Buffer => encodeFrame(channel, Buffer.from(text));

test('a frame has the length and the channel, both little-endian, and then the payload', () => {
  expect(frame(258, 'hi')).toEqual(Buffer.from([2, 0, 0, 0, 2, 1, 0, 0, 104, 105]));
});

describe('frames are put together', () => {
  const stream = Buffer.concat([frame(0, 'hello'), frame(7, ''), frame(2 ** 32 - 1, '😄')]);
  const expected = [
    [0, 'hello'],
    [7, ''],
    [2 ** 32 - 1, '😄'],
  ];

  test.each([1, 2, 3, 7, 8, 9, 13, 14, 1_000])('from chunks of %i bytes', (size) => {
    expect(decode(inChunks(stream, size))).toEqual(expected);
  });

  test('from empty chunks between the others', () => {
    const chunks = inChunks(stream, 5).flatMap((chunk) => [Buffer.alloc(0), chunk]);
    expect(decode(chunks)).toEqual(expected);
  });

  test('as soon as each is complete, and not before', () => {
    expect(decode([stream.subarray(0, 12)])).toEqual([]);
    expect(decode([stream.subarray(0, 13)])).toEqual([[0, 'hello']]);
    expect(decode([stream.subarray(0, 20)])).toEqual([[0, 'hello']]);
    expect(decode([stream.subarray(0, 21)])).toEqual([
      [0, 'hello'],
      [7, ''],
    ]);
  });

  test('whatever the payloads and the chunks are', () => {
    const payload = fc.uint8Array({ maxLength: 20 });
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 6 }), fc.integer({ min: 1, max: 40 }), (payloads, size) => {
        const received: Buffer[] = [];
        const decoder = new FrameDecoder(20, (_, bytes) => received.push(Buffer.from(bytes)));
        const bytes = Buffer.concat(payloads.map((each, channel) => encodeFrame(channel, each)));
        for (const chunk of inChunks(bytes, size)) decoder.push(chunk);
        expect(received).toEqual(payloads.map((each) => Buffer.from(each)));
      }),
    );
  });
});

describe('the limit', () => {
  test('is the largest payload that is read', () => {
    expect(decode([frame(1, 'x'.repeat(10))], 10)).toEqual([[1, 'x'.repeat(10)]]);
    expect(() => decode([frame(1, 'x'.repeat(11))], 10)).toThrow(
      new RangeError('A frame of 11 bytes exceeds the limit of 10.'),
    );
  });

  test('is checked as soon as the header is there, before the payload takes memory', () => {
    const header = Buffer.from([255, 255, 255, 255, 0, 0, 0, 0]);
    expect(decode([header.subarray(0, 7)], 10)).toEqual([]);
    expect(() => decode(inChunks(header, 4), 10)).toThrow(RangeError);
  });

  test('lets the frames before it through', () => {
    const frames: string[] = [];
    const decoder = new FrameDecoder(3, (_, payload) => frames.push(payload.toString()));
    expect(() => decoder.push(Buffer.concat([frame(1, 'one'), frame(1, 'three')]))).toThrow(RangeError);
    expect(frames).toEqual(['one']);
  });
});

describe('decodeMessage', () => {
  test('reads what was serialized', () => {
    const message = { type: 'output', lines: ['a\u0000😄'], bytes: new Uint8Array([1, 2]) };
    expect(decodeMessage(serialize(message))).toEqual(message);
  });

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('{"type":"ready"}')],
    ['half a message', serialize({ type: 'ready' }).subarray(0, 6)],
    ['zeros', Buffer.alloc(64)],
  ])('has nothing for %s', (_, payload) => {
    expect(decodeMessage(payload)).toBeUndefined();
  });
});
