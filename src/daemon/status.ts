import type { App } from '../app.ts';
import type { ClockState } from '../domain/clock-state.ts';
import type { DaemonInfo } from './info.ts';
import type { Counted, Metrics } from './metrics.ts';

/** The status that a daemon returns. */
export interface DaemonStatus extends DaemonInfo {
  /** Seconds since it became ready. */
  uptime: number;
  bots: {
    enabled: boolean;
    handlers: number;
    packages: number;
    /** The files that are being read now. */
    loading: string[];
    problems: string[];
  };
  /** Jobs by state; `inline` is true when the daemon runs them itself. */
  queue: {
    channel: string;
    inline: boolean;
    waiting: number;
    ready: number;
    running: number;
    failed: number;
  };
  runs: Counted;
  /** Only where the clock can be moved. */
  clock?: ClockState;
  /** Bytes. */
  memory: { rss: number; heapUsed: number };
}

function troublesOf(store: App['store']): Error[] {
  const trouble = store.trouble();
  return trouble ? [trouble] : [];
}

/** Collects the status of a daemon. */
export async function statusOf(app: App, info: DaemonInfo, metrics: Metrics): Promise<DaemonStatus> {
  const { catalogue, config, settings, store } = app;
  const { channel } = config.bots.subscriber;
  const { rss, heapUsed } = process.memoryUsage();
  return {
    ...info,
    uptime: Math.round(process.uptime()),
    bots: {
      enabled: settings().botsEnabled,
      handlers: catalogue.registered().length,
      packages: catalogue.registeredPackages().length,
      loading: catalogue.reading(),
      problems: [...troublesOf(store), ...catalogue.problems].map(({ message }) => message),
    },
    queue: { channel, inline: config.queue.inline, ...(await store.jobs.counts(channel)) },
    runs: metrics.counted(),
    memory: { rss, heapUsed },
  };
}
