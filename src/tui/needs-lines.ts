import { readSwitch } from '../base/switch.ts';

/**
 * Whether to use lines instead of the full screen: no terminal, a terminal without cursor control, or a
 * screen reader.
 */
export const needsLines = ({
  TERM,
  INK_SCREEN_READER = '',
  MESSENGER_SCREEN_READER = '',
}: NodeJS.ProcessEnv): boolean =>
  TERM === 'dumb' || [INK_SCREEN_READER, MESSENGER_SCREEN_READER].some((text) => readSwitch(text) ?? false);
