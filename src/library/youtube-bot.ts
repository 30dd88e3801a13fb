import { z } from 'zod';
import { BotActionHandler, fetchJsonWithin, MessengerBots } from '../index.ts';

const answer = z.object({ items: z.array(z.object({ id: z.object({ videoId: z.string() }) })) });

/** Searches YouTube for videos. */
export class YoutubeBot extends BotActionHandler {
  static override readonly environment = ['BOT_YOUTUBE_API_KEY'];

  static override getSettings() {
    return {
      alias: 'youtube',
      description: 'Search YouTube for videos: [ !yt how to fold a map ].',
      name: 'Youtube Videos Search',
      unique: true,
      triggers: ['!youtube', '!yt'],
      match: MessengerBots.MATCH_STARTS_WITH_CASELESS,
    };
  }

  override rules() {
    return { limit: z.int().min(1).max(10).optional() };
  }

  async handle() {
    const { BOT_YOUTUBE_API_KEY: key } = process.env;
    if (!key) return this.#hint('Videos are not configured here yet.');
    const words = this.getParsedMessage();
    if (words === null) return this.#hint('Say what to look for, like [ !yt how to fold a map ].');
    const links = await search(key, words, this.getPayload('limit') ?? 1);
    if (links.length === 0) return this.#hint('There are no videos about that. Try other words.');
    await this.composer().emitTyping().message(links.join('\n'));
  }

  async #hint(text: string) {
    this.releaseCooldown();
    await this.composer().message(text);
  }
}

/** The links of the videos found. */
async function search(key: string, words: string, limit: number): Promise<string[]> {
  const query = new URLSearchParams({ part: 'id', type: 'video', maxResults: String(limit), q: words, key });
  const { items } = await fetchJsonWithin(
    5_000,
    `https://www.googleapis.com/youtube/v3/search?${query}`,
    answer,
  );
  return items.map(({ id }) => `https://www.youtube.com/watch?v=${id.videoId}`);
}
