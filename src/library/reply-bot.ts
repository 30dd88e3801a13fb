import { z } from 'zod';
import { BotActionHandler, messageText } from '../index.ts';

/** Replies with what was chosen when it was attached. */
export class ReplyBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'reply', description: 'Reply with the given response(s).', name: 'Reply' };
  }

  override rules() {
    return {
      replies: z.array(messageText()).min(1).max(5),
      quote_original: z.boolean().optional(),
    };
  }

  override errorMessages() {
    return {
      'replies.*.required': 'Reply is required.',
      'replies.*.string': 'A reply must be a string.',
    };
  }

  async handle() {
    const quoted = this.getPayload('quote_original') ? this.message : null;
    await this.composer().emitTyping();
    for (const [index, reply] of this.getPayload('replies').entries()) {
      await this.composer().message(reply, index === 0 ? quoted : null);
    }
  }
}
