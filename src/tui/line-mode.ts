import { readSwitch } from '../base/switch.ts';

/** Whether the full screen cannot be used: no terminal, no cursor control, or a screen reader. */
export const usesLineMode = ({
  TERM,
  INK_SCREEN_READER = '',
  MESSENGER_SCREEN_READER = '',
}: NodeJS.ProcessEnv): boolean =>
  TERM === 'dumb' || [INK_SCREEN_READER, MESSENGER_SCREEN_READER].some((text) => readSwitch(text) ?? false);
