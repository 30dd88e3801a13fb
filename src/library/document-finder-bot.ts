import { z } from 'zod';
import { BotActionHandler, type DocumentData, MessengerBots, type Page } from '../index.ts';

const defaultLimit = 5;

/** Finds documents of the thread by their names. */
export class DocumentFinderBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'document_finder',
      description: 'Finds documents of the group by words of their names: [ !document report ].',
      name: 'Document Finder',
      unique: true,
      triggers: ['!document', '!doc'],
      match: MessengerBots.MATCH_STARTS_WITH_CASELESS,
    };
  }

  override rules() {
    return { limit: z.int().min(1).max(10).optional() };
  }

  async handle() {
    const words = this.getParsedWords(true);
    if (words === null) {
      this.releaseCooldown();
      await this.composer().message('Tell me a word of its name, like [ !document report ].');
      return;
    }
    await this.composer().emitTyping();
    const found = await this.#find(words, this.getPayload('limit') ?? defaultLimit);
    if (found.length === 0) await this.composer().message('I found no document with that in its name.');
    for (const { body, url } of found) await this.composer().message(`💾 ${body}: ${url}`);
  }

  /** The newest documents whose names contain every word. The rarest word, likely the longest, narrows the search. */
  async #find(words: readonly string[], limit: number): Promise<DocumentData[]> {
    const name = words.reduce((one, other) => (other.length > one.length ? other : one));
    const found: DocumentData[] = [];
    let before: string | null = null;
    do {
      const page: Page<DocumentData> = await this.thread.documents({ name, before, limit: 100 });
      found.push(...page.items.filter(({ body }) => containsAll(body, words)));
      before = page.next;
    } while (before !== null && found.length < limit);
    return found.slice(0, limit);
  }
}

const containsAll = (name: string, words: readonly string[]): boolean =>
  words.every((word) => name.toLowerCase().includes(word));
