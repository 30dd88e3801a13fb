import { BotActionHandler } from '../index.ts';
import { jokes } from './jokes.ts';
import { pick } from './pick.ts';

const pause = 6_000;

/** Tells a joke: first half of it, then the other. */
export class JokeBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'random_joke',
      description: 'Tells a random joke, with a pause before the punch line.',
      name: 'Jokester',
      unique: true,
    };
  }

  async handle() {
    const joke = pick(jokes);
    const { body } = await this.composer().emitTyping().message(joke.setup);
    await this.composer().emitTyping();
    await this.sleep(pause);
    // After a crash the handler has picked a different joke from the one it had started.
    const begun = jokes.find(({ setup }) => setup === body) ?? joke;
    await this.composer().message(begun.punchline);
  }
}
