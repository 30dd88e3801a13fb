import { z } from 'zod';
import { BotActionHandler, fetchJsonWithin, MessengerError } from '../index.ts';

const answer = z.object({ quote: z.string() });

/** Posted when no quote is available. */
const speechless = 'Kanye West is lost for words. Write down the date!';

/** Posts something Kanye West has said. */
export class KanyeBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'kanye',
      description: 'Get a random Kanye West quote.',
      name: 'Kanye West',
      unique: true,
    };
  }

  async handle() {
    const text = await ask();
    await this.composer().emitTyping().message(text);
  }
}

async function ask(): Promise<string> {
  try {
    const { quote } = await fetchJsonWithin(5_000, 'https://api.kanye.rest/', answer);
    return `Kanye West once said: “${quote}”`;
  } catch (error) {
    if (error instanceof MessengerError) return speechless;
    throw error;
  }
}
