import { z } from 'zod';
import { BotActionHandler, findEmojis } from '../index.ts';

/** Adds one reaction to the message. */
export class ReactionBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'react', description: 'Adds the given reaction to a message.', name: 'Reaction' };
  }

  override rules() {
    const hasEmoji = (text: string) => findEmojis(text).length > 0;
    return { reaction: z.string().refine(hasEmoji, 'The reaction must contain a valid emoji.') };
  }

  override serializePayload({ reaction }: { reaction: string }) {
    return { reaction: findEmojis(reaction)[0] };
  }

  async handle() {
    await this.composer().reaction(this.message, this.getPayload('reaction'));
  }
}
