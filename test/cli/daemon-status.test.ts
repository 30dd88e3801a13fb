import { describe, expect, test } from 'vitest';
import { duration, statusLines } from '../../src/cli/daemon-status.ts';
import { statusJson } from '../../src/cli/json.ts';
import type { DaemonStatus } from '../../src/daemon/status.ts';

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min 0 s'],
  [3_700, '1 h 1 min'],
  [90_000, '1 d 1 h'],
  [8_640_000, '100 d 0 h'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

const status: DaemonStatus = {
  pid: 7,
  startedAt: '2026-04-26T10:00:00.000Z',
  socket: '/run/x.sock',
  url: 'http://127.0.0.1:4711',
  realtime: { url: 'ws://127.0.0.1:4711', key: 'k' },
  asked: { port: 4711 },
  uptime: 3_700,
  bots: { enabled: true, handlers: 1, packages: 2, loading: [], problems: [] },
  queue: { channel: 'messenger-bots', inline: true, waiting: 1, ready: 2, running: 3, failed: 4 },
  runs: { handled: 10, failed: 1, lastMinute: 5, reloads: 6, slowest: [] },
  memory: { rss: 100 * 2 ** 20, heapUsed: 1 },
};

describe('a status for people', () => {
  test('has a line for each part of the daemon', async () => {
    expect(await statusLines(status)).toEqual([
      'Daemon   process 7 at http://127.0.0.1:4711, up 1 h 1 min, 100 MB',
      'Bots     on, 1 handler, 2 packages',
      'Queue    3 waiting, 3 running, 4 given up (messenger-bots)',
      'Runs     5 in the last minute; 10 handled, 1 failed',
      'Reloads  6',
    ]);
  });

  test('says that bots are off, and that another process does the queue', async () => {
    const lines = await statusLines({
      ...status,
      bots: { ...status.bots, enabled: false },
      queue: { ...status.queue, inline: false },
    });
    expect(lines.slice(1, 3)).toEqual([
      'Bots     off, 1 handler, 2 packages',
      'Queue    3 waiting, 3 running, 4 given up (messenger-bots, done by queue:work)',
    ]);
  });

  test('lists files that are being read, problems, and the slowest handlers', async () => {
    const slowest = [
      { handler: 'hello', runs: 3, failed: 1, average: 20, slowest: 1_234 },
      { handler: '天気', runs: 10, failed: 0, average: 5, slowest: 9 },
    ];
    const bots = { ...status.bots, loading: ['bots/A.ts'], problems: ['bots/B.ts: broken'] };
    expect(
      (await statusLines({ ...status, bots, runs: { ...status.runs, slowest } })).slice(5).join('\n'),
    ).toBe(
      [
        'Loading  bots/A.ts',
        'Problem  bots/B.ts: broken',
        '',
        'SLOWEST HANDLERS  RUNS  FAILED  AVERAGE  SLOWEST',
        'hello             3     1       20 ms    1234 ms',
        '天気              10    0       5 ms     9 ms',
      ].join('\n'),
    );
  });
});

test('a status as JSON has the same in snake_case, without what only a restart needs', () => {
  const { startedAt: _, asked: __, memory: ___, runs: ____, ...same } = status;
  expect(statusJson(status)).toEqual({
    ...same,
    started_at: '2026-04-26T10:00:00.000Z',
    runs: { handled: 10, failed: 1, last_minute: 5, reloads: 6, slowest: [] },
    memory: { rss: 104_857_600, heap_used: 1 },
  });
});
