import { expect, test } from 'vitest';
import { OutsideByThread } from '../../../src/services/outside/outside.ts';

const network = { answer: () => Promise.reject(new Error('none')) };

test('a thread meets the real world, until it is given something else, and again after that', () => {
  const outside = new OutsideByThread();
  expect(outside.ofRun('a', 'run')).toBeUndefined();
  const end = outside.use('a', { network });
  expect([outside.ofRun('a', 'run'), outside.networkOf('a')]).toEqual([{ network: 'answered' }, network]);
  expect([outside.ofRun('b', 'run'), outside.networkOf('b')]).toEqual([undefined, undefined]);
  end();
  expect([outside.ofRun('a', 'run'), outside.networkOf('a')]).toEqual([undefined, undefined]);
});

test('the end of what was replaced ends nothing', () => {
  const outside = new OutsideByThread();
  const end = outside.use('a', { seed: 1 });
  outside.use('a', { seed: 2 });
  end();
  expect(outside.ofRun('a', 'run')).toEqual({ seed: '2 1' });
});

test('each run has a seed of its own by its position, and keeps it when it starts again', () => {
  const outside = new OutsideByThread();
  outside.use('a', { seed: 'x' });
  const seeds = ['one', 'two', 'one'].map((run) => outside.ofRun('a', run)?.seed);
  expect(seeds).toEqual(['x 1', 'x 2', 'x 1']);
});

test('a network that sends requests is only recorded', () => {
  const outside = new OutsideByThread();
  outside.use('a', { network: { ...network, isRecording: true } });
  expect(outside.ofRun('a', 'run')).toEqual({ network: 'recorded' });
});
