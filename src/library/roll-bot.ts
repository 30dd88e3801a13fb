import { BotActionHandler, MessengerBots } from '../index.ts';
import { randomBetween } from './pick.ts';

/** Rolls a number: 0 to 100, or between two given ones. */
export class RollBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'roll',
      description: 'Rolls a number from 0 to 100, or between two numbers: [ !roll 1 6 ].',
      name: 'Roll Numbers',
      unique: true,
      triggers: ['!r', '!roll'],
      match: MessengerBots.MATCH_STARTS_WITH_CASELESS,
    };
  }

  async handle() {
    const range = rangeOf(this.getParsedWords() ?? []);
    if (range === null) {
      this.releaseCooldown();
      await this.composer().message('Give me no numbers or two whole ones, like [ !roll 1 6 ].');
      return;
    }
    const [low, high] = range;
    await this.composer()
      .emitTyping()
      .message(`Rolling (${low} - ${high}): ${randomBetween(low, high)}`);
  }
}

/** The two bounds, lower one first; null if the words are not a range. */
function rangeOf(words: string[]): [number, number] | null {
  if (words.length === 0) return [0, 100];
  const [first = Number.NaN, second = Number.NaN, ...rest] = words.map(wholeNumber);
  if (rest.length > 0 || Number.isNaN(first + second)) return null;
  return [Math.min(first, second), Math.max(first, second)];
}

/** Up to fourteen digits, of which every number has its chance: `Math.random()` has 52 bits. */
const wholeNumber = (word: string): number => (/^[+-]?\d{1,14}$/.test(word) ? Number(word) : Number.NaN);
