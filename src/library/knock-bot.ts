import { BotActionHandler } from '../index.ts';

/** Knocks at everybody. */
export class KnockBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'knock',
      description: 'Greets you and knocks at the group.',
      name: 'Knock Knock',
      unique: true,
    };
  }

  async handle() {
    // The greeting comes second: where knocks are off, nothing is posted.
    await this.composer().knock({ ignoreTimeout: true });
    await this.composer().emitTyping().message(`Knock knock, ${this.message.owner.name}! 👊`);
  }
}
