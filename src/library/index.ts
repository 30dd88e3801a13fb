/** The ready-made handlers. */
export { CoinTossBot } from './coin-toss-bot.ts';
export { CommandsBot } from './commands-bot.ts';
export { ReactionBot } from './reaction-bot.ts';
export { ReplyBot } from './reply-bot.ts';
export { RollBot } from './roll-bot.ts';
