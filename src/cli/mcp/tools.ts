import type { Tool } from './tool.ts';
import { attach, detach, listBots } from './tools/bots.ts';
import { backtest, lint, runTranscripts } from './tools/checks.ts';
import { listFailed, retry, showFailed } from './tools/failed.ts';
import { listHandlers, listPackages, testResolve } from './tools/handlers.ts';
import { makeBot } from './tools/make-bot.ts';
import { install, testInstalls } from './tools/packages.ts';
import { send, why } from './tools/talk.ts';

/** All tools, in the order in which an agent that writes a bot needs them. */
export const tools: readonly Tool[] = [
  listHandlers,
  listPackages,
  listBots,
  makeBot,
  testResolve,
  testInstalls,
  attach,
  detach,
  install,
  send,
  why,
  listFailed,
  showFailed,
  retry,
  runTranscripts,
  lint,
  backtest,
];
