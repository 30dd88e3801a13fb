/** The HelloBot of the documentation. */
export const helloBot = `
import { BotActionHandler, MessengerBots } from 'messenger-bots';

export default class HelloBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'hello',
      description: 'Say hello when someone says hi!',
      name: 'Hello Response',
      triggers: ['hello', 'hi', 'hey'],
      match: MessengerBots.MATCH_CONTAINS_CASELESS,
    };
  }

  async handle() {
    await this.composer().emitTyping().message(\`Why hello there \${this.message.owner.name}!\`);
    await this.composer().reaction(this.message, '👋');
  }
}
`;

/** The ReplyBot of the documentation. */
export const replyBot = `
import { BotActionHandler } from 'messenger-bots';
import { z } from 'zod';

export class ReplyBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'reply', description: 'Reply with the given response(s).', name: 'Reply' };
  }

  override rules() {
    return { replies: z.array(z.string()).min(1).max(5) };
  }

  override errorMessages() {
    return { 'replies.*.required': 'Reply is required.', 'replies.*.string': 'A reply must be a string.' };
  }

  async handle() {
    await this.composer().emitTyping();
    for (const reply of this.getPayload('replies')) await this.composer().message(reply);
  }
}
`;

/** A handler with the given body of \`handle()\`. */
export const handlerSource = (name: string, trigger: string, body: string): string => `
import { BotActionHandler, MessengerBots } from 'messenger-bots';

export class ${name} extends BotActionHandler {
  static override getSettings() {
    return {
      alias: '${name.toLowerCase()}',
      description: 'A handler of a test.',
      name: '${name}',
      triggers: ['${trigger}'],
      match: MessengerBots.MATCH_EXACT,
    };
  }

  async handle() {
    ${body}
  }
}
`;
