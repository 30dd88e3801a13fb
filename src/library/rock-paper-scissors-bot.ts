import { BotActionHandler, MessengerBots } from '../index.ts';
import { pick } from './pick.ts';

/** Each beats the one before it, and the first beats the last. */
const hands: readonly [string, ...string[]] = ['rock', 'paper', 'scissors'];

/** Plays rock paper scissors. */
export class RockPaperScissorsBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'rock_paper_scissors',
      description: 'Plays rock paper scissors, also against you: [ !rps rock ].',
      name: 'Rock Paper Scissors',
      unique: true,
      triggers: ['!rps'],
      match: MessengerBots.MATCH_STARTS_WITH_CASELESS,
    };
  }

  async handle() {
    const [word, ...rest] = this.getParsedWords(true) ?? [];
    const theirs = word === undefined ? -1 : hands.indexOf(word);
    if (rest.length > 0 || (word !== undefined && theirs === -1)) {
      this.releaseCooldown();
      await this.composer().message('Choose rock, paper or scissors, like [ !rps rock ].');
      return;
    }
    const mine = pick(hands);
    const verdict = theirs === -1 ? '' : this.#verdict(hands.indexOf(mine), theirs);
    await this.composer().emitTyping().message(`The bot shows: ${mine}!${verdict}`);
  }

  #verdict(mine: number, theirs: number): string {
    if (mine === theirs) return " It's a tie!";
    const botWins = mine === (theirs + 1) % hands.length;
    return botWins ? ' The bot wins!' : ` ${this.message.owner.name} wins!`;
  }
}
