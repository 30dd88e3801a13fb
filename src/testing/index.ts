/**
 * The test kit for bots.
 *
 * @example import { createChat, expect } from 'messenger-bots/testing';
 */
export type { Run } from '../domain/run.ts';
export type { VerdictCode } from '../domain/verdict.ts';
export type { NetworkTable } from '../services/outside/network-table.ts';
export type {
  BotClass,
  Chat,
  ChatAction,
  ChatClock,
  ChatInstallation,
  ChatReaction,
  ChatVerdict,
  CreateChatOptions,
  Outcome,
  Person,
  PersonRights,
} from './chat.ts';
export { createChat } from './create-chat.ts';
export { type ChatAssertion, expect } from './expect.ts';
export { type ChatMatchers, type MatcherResult, matchers } from './matchers.ts';
