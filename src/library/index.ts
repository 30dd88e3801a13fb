/** The ready-made handlers and packages. */
export { CoinTossBot } from './coin-toss-bot.ts';
export { CommandsBot } from './commands-bot.ts';
export { DocumentFinderBot } from './document-finder-bot.ts';
export { GamesPackage } from './games-package.ts';
export { InviteBot } from './invite-bot.ts';
export { JokeBot } from './joke-bot.ts';
export { KnockBot } from './knock-bot.ts';
export { NukeBot } from './nuke-bot.ts';
export { QuotableBot } from './quotable-bot.ts';
export { ReactionBombBot } from './reaction-bomb-bot.ts';
export { ReactionBot } from './reaction-bot.ts';
export { ReplyBot } from './reply-bot.ts';
export { RockPaperScissorsBot } from './rock-paper-scissors-bot.ts';
export { RollBot } from './roll-bot.ts';
export { YoMommaBot } from './yo-momma-bot.ts';
