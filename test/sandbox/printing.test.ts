import { describe, expect, test } from 'vitest';
import { Printing, type PrintingMessage } from '../../src/sandbox/printing.ts';

/** Two captured streams, as standard output and standard error, and what is sent to the daemon. */
function capture() {
  const sent: PrintingMessage[] = [];
  const printing = new Printing((message) => sent.push(message));
  const uncaptured = () => {
    throw new Error('written past the capture');
  };
  const stream = (): Pick<NodeJS.WritableStream, 'write'> => ({ write: uncaptured });
  const streams = { out: stream(), err: stream() };
  printing.capture(streams.out);
  printing.capture(streams.err);
  const lines = () => sent.flatMap((message) => (message.type === 'output' ? message.lines : []));
  return { ...streams, printing, sent, lines };
}

const turn = () => new Promise(setImmediate);

describe('what is written to a captured stream', () => {
  test('is sent as lines, each at once while there are few', () => {
    const { out, sent } = capture();
    expect(out.write('one\ntwo\nthr')).toBe(true);
    expect(sent).toEqual([
      { type: 'output', lines: ['one'] },
      { type: 'output', lines: ['two'] },
    ]);
  });

  test('may be bytes, also of half a character', () => {
    const { out, lines } = capture();
    const bytes = Buffer.from('wave 😄\n');
    out.write(bytes.subarray(0, 7));
    out.write(new Uint8Array(bytes.subarray(7)));
    expect(lines()).toEqual(['wave 😄']);
  });

  test('keeps the two streams apart until a line is complete', () => {
    const { out, err, printing, lines } = capture();
    out.write('to out ');
    err.write('to err\n');
    out.write('still\n');
    err.write('rest');
    printing.finish();
    expect(lines()).toEqual(['to err', 'to out still', 'rest']);
  });

  test('calls back before write() returns, with and without an encoding', () => {
    const { out } = capture();
    const calls: string[] = [];
    out.write('a', () => calls.push('one'));
    out.write('a', 'utf8', () => calls.push('two'));
    expect(calls).toEqual(['one', 'two']);
  });
});

describe('many lines', () => {
  const many = 'x\n'.repeat(100);

  test('are sent together from the hundredth on, in the next turn', async () => {
    const { out, sent } = capture();
    out.write(many);
    expect(sent).toHaveLength(100);
    out.write('late\n');
    out.write('later\n');
    expect(sent).toHaveLength(100);
    await turn();
    expect(sent.slice(100)).toEqual([{ type: 'output', lines: ['late', 'later'] }]);
  });

  test('are sent by the hundred, before the turn ends', () => {
    const { out, sent } = capture();
    out.write(many);
    out.write(many);
    expect(sent).toHaveLength(101);
    expect(sent.at(-1)).toEqual({ type: 'output', lines: Array(100).fill('x') });
  });

  test('of one operation do not delay those of the next', () => {
    const { out, printing, sent } = capture();
    out.write(`${many}end\n`);
    printing.finish();
    expect(sent.at(-1)).toEqual({ type: 'output', lines: ['end'] });
    out.write('next\n');
    expect(sent.at(-1)).toEqual({ type: 'output', lines: ['next'] });
  });
});

describe('what was discarded', () => {
  const full = 'x\n'.repeat(1_000);
  const reports = (sent: PrintingMessage[]) =>
    sent.flatMap((message) => (message.type === 'dropped' ? [message.bytes] : []));

  test('is reported each time it doubles, and at the end', () => {
    const { out, printing, sent } = capture();
    out.write(full);
    for (let line = 0; line < 10; line++) out.write('y\n');
    expect(reports(sent)).toEqual([2, 4, 8, 16]);
    printing.finish();
    expect(reports(sent)).toEqual([2, 4, 8, 16, 20]);
  });

  test('is the sum of both streams', () => {
    const { out, err, printing, sent } = capture();
    out.write(`${full}a\n`);
    err.write(`${full}bcd\n`);
    printing.finish();
    expect(reports(sent)).toEqual([2, 6]);
  });

  test('is reported after the lines before it, which do not wait for the next turn then', () => {
    const { out, sent, lines } = capture();
    out.write('x\n'.repeat(100));
    out.write(`late\n${'y'.repeat(300_000)}`);
    expect(sent.slice(100).map(({ type }) => type)).toEqual(['output', 'dropped']);
    expect(lines()[100]).toBe('late');
  });

  test('is not reported where nothing was', () => {
    const { out, printing, sent } = capture();
    out.write(full);
    printing.finish();
    printing.finish();
    expect(reports(sent)).toEqual([]);
  });
});
