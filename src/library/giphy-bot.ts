import { z } from 'zod';
import { BotActionHandler, fetchJsonWithin, MessengerBots } from '../index.ts';

/** Where there is no GIF, `data` is an empty list. */
const answer = z.object({ data: z.union([z.object({ url: z.string() }), z.tuple([])]) });

/** Posts the link of a random GIF, about something where the sender says so. */
export class GiphyBot extends BotActionHandler {
  static override readonly environment = ['BOT_GIPHY_API_KEY'];

  static override getSettings() {
    return {
      alias: 'giphy',
      description: 'Get a random GIF, or one about something: [ !gif dancing cat ].',
      name: 'Giphy',
      unique: true,
      triggers: ['!gif', '!giphy'],
      match: MessengerBots.MATCH_STARTS_WITH_CASELESS,
    };
  }

  async handle() {
    const { BOT_GIPHY_API_KEY: key } = process.env;
    if (!key) return this.#hint('GIFs are not configured here yet.');
    const query = new URLSearchParams({ api_key: key, tag: this.getParsedMessage() ?? '' });
    const { data } = await fetchJsonWithin(5_000, `https://api.giphy.com/v1/gifs/random?${query}`, answer);
    if (!('url' in data))
      return this.#hint('There is no GIF about that. Try other words, like [ !gif cat ].');
    await this.composer().emitTyping().message(data.url);
  }

  async #hint(text: string) {
    this.releaseCooldown();
    await this.composer().message(text);
  }
}
