import { BotActionHandler, MessengerBots } from 'messenger-bots';

/** Answers a greeting and waves. */
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

  override async handle() {
    await this.composer().emitTyping().message(`Why hello there ${this.message.owner.name}!`);
    await this.composer().reaction(this.message, '👋');
  }
}
