import { BotActionHandler } from '../index.ts';
import { pick } from './pick.ts';
import { yoMommaJokes } from './yo-momma-jokes.ts';

/** Tells a joke about somebody's mother. */
export class YoMommaBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'yomomma',
      description: 'Tells a random yo momma joke.',
      name: 'Yo Momma',
      unique: true,
    };
  }

  async handle() {
    await this.composer().emitTyping().message(pick(yoMommaJokes));
  }
}
