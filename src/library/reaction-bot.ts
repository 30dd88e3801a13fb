import { BotActionHandler } from '../index.ts';
import { emojiRule, firstEmojis } from './emoji-rule.ts';

/** Adds one reaction to the message. */
export class ReactionBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'react', description: 'Adds the given reaction to a message.', name: 'Reaction' };
  }

  override rules() {
    return { reaction: emojiRule };
  }

  override serializePayload({ reaction }: { reaction: string }) {
    return { reaction: firstEmojis([reaction])[0] };
  }

  async handle() {
    await this.composer().reaction(this.message, this.getPayload('reaction'));
  }
}
