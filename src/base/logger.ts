import { type Logger, multistream, pino, type StreamEntry } from 'pino';
import { createRedactor } from './redact.ts';

export type { Logger } from 'pino';

/** A destination for log lines. */
export interface LogTarget {
  write(line: string): void;
}

/**
 * Creates a logger that writes each entry as a line of JSON, with secrets hidden.
 *
 * @param level the lowest level that is written: `trace` to `error`
 * @param secrets values to hide; more may be added later
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
