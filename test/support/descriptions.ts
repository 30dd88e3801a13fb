import type { BotActionHandlerDTO } from '../../src/authoring/descriptions.ts';
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
  writtenTriggers: null,
  source: { file: 'bots/HelloBot.ts', exportName: 'default' },
  ...more,
});

/** The ready-made reply handler, whose triggers and match are chosen when it is attached. */
export const replyDTO: BotActionHandlerDTO = {
  class: 'ReplyBot',
  alias: 'reply',
  description: 'Reply with the given response(s).',
  name: 'Reply',
  unique: false,
  shouldAuthorize: false,
  triggers: null,
  matchMethod: null,
};
