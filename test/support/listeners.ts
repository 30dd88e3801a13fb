import type { Listener } from '../../src/services/linting/listeners.ts';

/** A handler that listens to messages, for checks. */
export const aListener = (more: Partial<Listener> = {}): Listener => ({
  handler: more.name ?? 'hello',
  name: 'hello',
  match: 'contains',
  triggers: ['hi'],
  group: 'handlers',
  file: 'bots/HelloBot.ts',
  line: 3,
  ...more,
});
