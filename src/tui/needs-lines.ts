import { readSwitch } from '../base/switch.ts';

/** Whether a full screen would do harm: no terminal, one that cannot move its cursor, or a screen reader. */
export const needsLines = ({
  TERM,
  INK_SCREEN_READER = '',
  MESSENGER_SCREEN_READER = '',
}: NodeJS.ProcessEnv): boolean =>
  TERM === 'dumb' || [INK_SCREEN_READER, MESSENGER_SCREEN_READER].some((text) => readSwitch(text) ?? false);
