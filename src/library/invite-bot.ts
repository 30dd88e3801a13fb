import { z } from 'zod';
import { BotActionHandler, MessengerBots, MessengerError } from '../index.ts';
import { rejectedEffect } from './rejected-effect.ts';

const defaultMinutes = 15;

/** Makes an invite to the group that ends soon. */
export class InviteBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'invitations',
      description: 'Makes a short-lived invite to the group.',
      name: 'Invite Generator',
      unique: true,
      triggers: ['!invite', '!inv'],
      match: MessengerBots.MATCH_EXACT_CASELESS,
    };
  }

  override rules() {
    return { lifetime_minutes: z.int().min(5).max(60).optional() };
  }

  async handle() {
    const minutes = this.getPayload('lifetime_minutes') ?? defaultMinutes;
    const invite = await this.thread.invite({ minutes, codeEnding: 'BOT' }).catch(rejectedEffect);
    if (invite instanceof MessengerError) {
      this.releaseCooldown();
      await this.composer().message(invite.message, this.message);
      return;
    }
    await this.composer()
      .emitTyping()
      .message(
        `This invite is good for ${minutes} minutes: ${invite.code}\n🔗 ${invite.joinPath}`,
        this.message,
      );
  }
}
