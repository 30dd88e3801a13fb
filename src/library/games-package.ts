import { defineInstalls, PackagedBot } from '../index.ts';
import { avatar } from './avatar.ts';
import { CoinTossBot } from './coin-toss-bot.ts';
import { RockPaperScissorsBot } from './rock-paper-scissors-bot.ts';
import { RollBot } from './roll-bot.ts';

/** A bot to play with. */
export class GamesPackage extends PackagedBot {
  static override getSettings() {
    return {
      alias: 'games_package',
      description: 'Tosses coins, rolls numbers and plays rock paper scissors.',
      name: 'Games',
      avatar: avatar('games'),
    };
  }

  static override installs() {
    return defineInstalls(
      [CoinTossBot, { cooldown: 15 }],
      [RockPaperScissorsBot, { cooldown: 15 }],
      [RollBot, { cooldown: 15 }],
    );
  }
}
