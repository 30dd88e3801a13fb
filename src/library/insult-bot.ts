import { decodeHTML } from 'entities/decode';
import { z } from 'zod';
import { BotActionHandler, fetchJsonWithin } from '../index.ts';

const address = 'https://evilinsult.com/generate_insult.php?lang=en&type=json';
const answer = z.object({ insult: z.string() });

/** Insults the sender. */
export class InsultBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'insult',
      description: 'Insults whoever asks for it.',
      name: 'Insult',
      unique: true,
    };
  }

  async handle() {
    const { insult } = await fetchJsonWithin(5_000, address, answer);
    await this.composer()
      .emitTyping()
      .message(`${this.message.owner.name}, ${decodeHTML(insult)}`);
  }
}
