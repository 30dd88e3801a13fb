import { BotActionHandler } from 'messenger-bots';
import { z } from 'zod';

/** Replies with what was chosen when it was attached, up to five texts. */
export default class ReplyBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'reply', description: 'Reply with the given response(s).', name: 'Reply' };
  }

  override rules() {
    return { replies: z.array(z.string()).min(1).max(5) };
  }

  override errorMessages() {
    return { 'replies.*.required': 'Reply is required.', 'replies.*.string': 'A reply must be a string.' };
  }

  override async handle() {
    await this.composer().emitTyping();
    for (const reply of this.getPayload('replies')) await this.composer().message(reply);
  }
}
