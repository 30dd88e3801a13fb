import { z } from 'zod';
import { BotActionHandler, fetchJsonWithin } from '../index.ts';

const answer = z.object({ joke: z.string() });

/** The service wants to know who asks. */
const headers = { accept: 'application/json', 'user-agent': 'messenger-bots' };

/** Posts a dad joke. */
export class DadJokeBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'dad_joke', description: 'Get a random dad joke.', name: 'Dad Joke', unique: true };
  }

  async handle() {
    const { joke } = await fetchJsonWithin(5_000, 'https://icanhazdadjoke.com/', answer, { headers });
    await this.composer().emitTyping().message(joke);
  }
}
