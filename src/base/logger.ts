import { type Logger, multistream, pino, type StreamEntry } from 'pino';
import { createRedactor } from './redact.ts';

export type { Logger } from 'pino';

/** Where lines of the log go. */
export interface LogTarget {
  write(line: string): void;
}

/**
 * A logger that writes a line of JSON for each entry, with secrets hidden.
 *
 * @param level the least important entries that are written: `trace` to `error`
 * @param secrets values that never appear; more may be added later
 * @example openLogger([logFile], 'info', new Set(Object.values(config.keys))).warn({ handler }, 'was slow')
 */
export function openLogger(
  targets: readonly LogTarget[],
  level: StreamEntry['level'] & string,
  secrets: ReadonlySet<string>,
): Logger {
  const hide = createRedactor(secrets);
  return pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      hooks: {
        logMethod(args, method) {
          method.apply(this, args.map(hide) as Parameters<typeof method>);
        },
      },
    },
    multistream(targets.map((stream) => ({ level, stream }))),
  );
}
