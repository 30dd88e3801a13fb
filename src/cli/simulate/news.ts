import type { ClockState } from '../../domain/clock-state.ts';
import type { News } from '../../simulate/host.ts';

/** A line of the daemon's log, as far as it is shown here. */
interface LogRecord {
  level?: string;
  msg?: string;
  handler?: string;
  bot?: string;
  /** The id of the message that was answered. */
  message?: string;
  printed?: boolean;
  code?: string;
  stack?: string | null;
  /** Classes that were reloaded. */
  classes?: string[];
  milliseconds?: number;
  clock?: ClockState;
}

/** The news in a line of the daemon's log for the full screen; undefined if there is none. */
export function newsOf(line: string): News | undefined {
  const record = parsed(line);
  const { msg: text = '', handler, stack = null } = record;
  if (text === '') return undefined;
  if (record.printed) return { kind: 'printed', source: handler ?? 'handler', text };
  if (handler !== undefined && record.level === 'error')
    return { kind: 'failed', source: handler, text, stack, messageId: record.message };
  if (handler !== undefined && record.code !== undefined)
    return { kind: 'warned', source: handler, text, stack, messageId: record.message };
  if (record.clock) return { kind: 'clock', state: record.clock, text };
  if (record.classes) {
    return { kind: 'reloaded', text: `${record.classes.join(', ')} reloaded ${record.milliseconds ?? 0} ms` };
  }
  if (record.level === 'warn' || record.level === 'error') {
    return { kind: 'broken', text: handler === undefined ? text : `${text}: ${handler}` };
  }
  return { kind: 'log', source: 'daemon', text };
}

/** Other programs may write to the file, too, so a line may be any JSON or none. */
function parsed(line: string): LogRecord {
  try {
    return JSON.parse(line) ?? {};
  } catch {
    return {};
  }
}
