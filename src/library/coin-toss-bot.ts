import { BotActionHandler, MessengerBots } from '../index.ts';
import { pick } from './pick.ts';

const sides: [string, string] = ['heads', 'tails'];

/** Tosses a coin, also against the sender's guess. */
export class CoinTossBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'coin_toss',
      description: 'Toss a coin! Simple heads or tails. Guess along: [ !toss heads ].',
      name: 'Coin Toss',
      unique: true,
      triggers: ['!toss', '!headsOrTails', '!coinToss'],
      match: MessengerBots.MATCH_STARTS_WITH_CASELESS,
    };
  }

  async handle() {
    const [guess, ...rest] = this.getParsedWords(true) ?? [];
    if (rest.length > 0 || (guess !== undefined && !sides.includes(guess))) {
      this.releaseCooldown();
      await this.composer().message('Guess one side, heads or tails, like [ !toss heads ].');
      return;
    }
    const side = pick(sides);
    await this.composer()
      .emitTyping()
      .message(`The coin shows: ${side}!${this.#verdict(side, guess)}`);
  }

  #verdict(side: string, guess: string | undefined): string {
    if (guess === undefined) return '';
    return guess === side ? ` ${this.message.owner.name} wins!` : ' The bot wins!';
  }
}
