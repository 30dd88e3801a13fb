/** Whether a full screen would do harm: no terminal, one that cannot move its cursor, or a screen reader. */
export const needsLines = (environment: NodeJS.ProcessEnv): boolean =>
  environment.TERM === 'dumb' ||
  environment.INK_SCREEN_READER === 'true' ||
  environment.MESSENGER_SCREEN_READER === 'true';
