import { z } from 'zod';
import { BotActionHandler, fetchJsonWithin, MessengerBots } from '../index.ts';

/** What was searched for, titles, descriptions, links. */
const answer = z.tuple([z.string(), z.array(z.string()), z.array(z.string()), z.array(z.string())]);

/** The service wants to know who asks. */
const headers = { 'user-agent': 'messenger-bots' };

/** Searches Wikipedia. */
export class WikiBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'wiki',
      description: 'Search Wikipedia: [ !wiki messenger pigeon ].',
      name: 'Wikipedia Search',
      unique: true,
      triggers: ['!wiki'],
      match: MessengerBots.MATCH_STARTS_WITH_CASELESS,
    };
  }

  override rules() {
    return { limit: z.int().min(1).max(10).optional() };
  }

  async handle() {
    const words = this.getParsedMessage();
    if (words === null) return this.#hint('Say what to look for, like [ !wiki messenger pigeon ].');
    const found = await search(words, this.getPayload('limit') ?? 3);
    if (found.length === 0) return this.#hint('Wikipedia has nothing about that. Try other words.');
    await this.composer().emitTyping().message(found.join('\n'));
  }

  async #hint(text: string) {
    this.releaseCooldown();
    await this.composer().message(text);
  }
}

/** A line with title and link for each page. */
async function search(words: string, limit: number): Promise<string[]> {
  const query = new URLSearchParams({
    action: 'opensearch',
    format: 'json',
    namespace: '0',
    limit: String(limit),
    search: words,
  });
  const address = `https://en.wikipedia.org/w/api.php?${query}`;
  const [, titles, , links] = await fetchJsonWithin(5_000, address, answer, { headers });
  return links.map((link, index) => `${titles[index] ?? words}: ${link}`);
}
