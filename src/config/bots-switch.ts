import { isRecord } from '../base/is-record.ts';
import type { Config } from './schema.ts';

const switched = new WeakSet<object>();

/** Records whether a configuration, before its defaults, says if bots are on. */
export function markBotsSwitch(config: Config, given: unknown): void {
  if (isRecord(given) && isRecord(given.bots) && given.bots.enabled !== undefined) switched.add(config);
}

/**
 * Whether a loaded configuration switches bots off on purpose. Where it says nothing they are off too, but then whoever
 * tries bots out may switch them on.
 */
export const switchesBotsOff = (config: Config): boolean => !config.bots.enabled && switched.has(config);
