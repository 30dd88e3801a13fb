import type { App } from '../app.ts';
import type { DaemonInfo } from './info.ts';
import type { Counted, Metrics } from './metrics.ts';

/** What a daemon tells of itself. */
export interface DaemonStatus extends DaemonInfo {
  /** Seconds since it was ready. */
  uptime: number;
  bots: {
    enabled: boolean;
    handlers: number;
    packages: number;
    /** The files that are being read at this moment. */
    loading: string[];
    problems: string[];
  };
  /** Jobs by their state; `inline` tells whether the daemon does them itself. */
  queue: {
    channel: string;
    inline: boolean;
    waiting: number;
    ready: number;
    running: number;
    failed: number;
  };
  runs: Counted;
  /** Bytes. */
  memory: { rss: number; heapUsed: number };
}

function troublesOf(store: App['store']): Error[] {
  const trouble = store.trouble();
  return trouble ? [trouble] : [];
}

/** Puts together what a daemon tells of itself. */
export async function statusOf(app: App, info: DaemonInfo, metrics: Metrics): Promise<DaemonStatus> {
  const { catalogue, config, settings, store } = app;
  const { channel } = config.bots.subscriber;
  const { rss, heapUsed } = process.memoryUsage();
  return {
    ...info,
    uptime: Math.round(process.uptime()),
    bots: {
      enabled: settings.botsEnabled,
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
