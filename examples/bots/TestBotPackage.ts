import { defineInstalls, MessengerBots, PackagedBot } from 'messenger-bots';
import HelloBot from './HelloBot.ts';
import ReplyBot from './ReplyBot.ts';

/** A bot that greets and helps. */
export default class TestBotPackage extends PackagedBot {
  static override getSettings() {
    return { alias: 'test_package', description: 'Test package description.', name: 'Test Package' };
  }

  static override installs() {
    return defineInstalls(
      [HelloBot, { cooldown: 300 }],
      [
        ReplyBot,
        {
          cooldown: 120,
          match: MessengerBots.MATCH_CONTAINS_CASELESS,
          triggers: ['help', 'support'],
          replies: ['Why are you asking me?', 'I say google it!'],
        },
      ],
    );
  }
}
