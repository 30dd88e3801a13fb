import { once } from 'node:events';
import { expect, test } from 'vitest';
import { type DaemonEvent, DaemonEvents } from '../../src/daemon/daemon-events.ts';

const output = (text: string): DaemonEvent => ({ name: 'Output', event: { handler: 'HelloBot', text } });

test('all who listen get every event in order, until they stop', () => {
  const events = new DaemonEvents();
  const [one, other]: [DaemonEvent[], DaemonEvent[]] = [[], []];
  const stop = events.on((event) => one.push(event));
  events.on((event) => other.push(event));
  events.emit(output('1'));
  stop();
  events.emit(output('2'));
  expect([one, other]).toEqual([[output('1')], [output('1'), output('2')]]);
});

test('events are lines of JSON, whatever line breaks their texts have', () => {
  const events = new DaemonEvents();
  events.emit(output('before anybody reads'));
  const lines = events.lines();
  events.emit(output('one\ntwo\u2028three'));
  events.emit({ name: 'Idle', event: { mark: 'm' } });
  const read = String(lines.read()).split('\n');
  expect(read.pop()).toBe('');
  expect(read.map((line) => JSON.parse(line))).toEqual([
    output('one\ntwo\u2028three'),
    { name: 'Idle', event: { mark: 'm' } },
  ]);
});

test('a reader that is far too slow is cut off, and the others are not', async () => {
  const events = new DaemonEvents();
  const [slow, quick] = [events.lines(), events.lines()];
  const cut = once(slow, 'close');
  for (let sent = 0; sent < 18; sent++) {
    events.emit(output('x'.repeat(1_000_000)));
    quick.read();
  }
  await cut;
  expect([slow.destroyed, quick.destroyed]).toEqual([true, false]);
  quick.destroy();
});
