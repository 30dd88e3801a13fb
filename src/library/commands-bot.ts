import { BotActionHandler, MessengerBots } from '../index.ts';

const perMessage = 5;

/** Lists what the bots of the thread answer to. */
export class CommandsBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'commands',
      description: 'List all triggers the current thread has across all bots.',
      name: 'List Commands',
      unique: true,
      triggers: ['!commands', '!c'],
      match: MessengerBots.MATCH_EXACT_CASELESS,
    };
  }

  async handle() {
    const lines = await this.#lines();
    await this.composer().emitTyping();
    for (let start = 0; start < lines.length; start += perMessage) {
      await this.composer().message(lines.slice(start, start + perMessage).join('\n'));
    }
  }

  async #lines(): Promise<string[]> {
    const bots = await this.thread.bots();
    return bots
      .filter((bot) => bot.enabled)
      .flatMap((bot) => bot.actions)
      .filter((action) => action.enabled && (this.isGroupAdmin || !action.adminOnly))
      .map(
        ({ name, match, triggers }) =>
          `${name} - [ ${match === 'any' ? 'any message' : triggers.join(' | ')} ]`,
      )
      .sort((one, other) => one.localeCompare(other, 'en'));
  }
}
