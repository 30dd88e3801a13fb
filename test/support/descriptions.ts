import type { HandlerDescription } from '../../src/sandbox/protocol.ts';

/** The description of a handler, as the catalogue has it. */
export const aHandler = (more: Partial<HandlerDescription> = {}): HandlerDescription => ({
  class: 'HelloBot',
  alias: 'hello',
  description: 'Say hello.',
  name: 'Hello',
  unique: false,
  shouldAuthorize: false,
  triggers: null,
  matchMethod: null,
  environment: [],
  fields: [],
  retries: 0,
  timeout: null,
  source: { file: 'bots/HelloBot.ts', exportName: 'default' },
  ...more,
});
