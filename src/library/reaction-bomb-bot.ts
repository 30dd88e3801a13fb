import { z } from 'zod';
import { BotActionHandler } from '../index.ts';
import { emojiRule, firstEmojis } from './emoji-rule.ts';
import { rejectedEffect } from './rejected-effect.ts';

/** Lets all bots of the thread react to the message at once. */
export class ReactionBombBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'react_bomb',
      description: 'Adds the given reactions to a message from every bot in the group.',
      name: 'Reaction Bomb',
    };
  }

  override rules() {
    return { reactions: z.array(emojiRule).min(1).max(10) };
  }

  override errorMessages() {
    return {
      'reactions.*.required': 'Reaction is required.',
      'reactions.*.string': 'A reaction must be a string.',
    };
  }

  override serializePayload({ reactions }: { reactions: string[] }) {
    return { reactions: firstEmojis(reactions) };
  }

  async handle() {
    const bots = await this.thread.bots();
    for (const bot of bots.filter(({ enabled }) => enabled)) {
      for (const reaction of this.getPayload('reactions')) {
        await this.composer().from(bot).reaction(this.message, reaction).catch(rejectedEffect);
      }
    }
  }
}
