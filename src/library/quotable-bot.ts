import { BotActionHandler, MessengerBots } from '../index.ts';
import { pick } from './pick.ts';
import { quotes } from './quotes.ts';

/** Quotes somebody long dead. */
export class QuotableBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'quotable',
      description: 'Gives a random quote with its author.',
      name: 'Quotable Quotes',
      unique: true,
      triggers: ['!quote', '!inspire', '!quotable'],
      match: MessengerBots.MATCH_EXACT_CASELESS,
    };
  }

  async handle() {
    const { text, author } = pick(quotes);
    await this.composer().emitTyping().message(`“${text}” – ${author}`);
  }
}
