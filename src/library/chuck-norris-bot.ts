import { z } from 'zod';
import { BotActionHandler, fetchJsonWithin } from '../index.ts';

const answer = z.object({ value: z.string() });

/** Posts a fact about Chuck Norris. */
export class ChuckNorrisBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'chuck',
      description: 'Get a random Chuck Norris joke.',
      name: 'Chuck Norris',
      unique: true,
    };
  }

  async handle() {
    const { value } = await fetchJsonWithin(5_000, 'https://api.chucknorris.io/jokes/random', answer);
    await this.composer().emitTyping().message(value);
  }
}
