import { defineInstalls, MessengerBots, PackagedBot } from '../index.ts';
import { avatar } from './avatar.ts';
import { CommandsBot } from './commands-bot.ts';
import { DocumentFinderBot } from './document-finder-bot.ts';
import { GiphyBot } from './giphy-bot.ts';
import { InviteBot } from './invite-bot.ts';
import { LocationBot } from './location-bot.ts';
import { NukeBot } from './nuke-bot.ts';
import { RandomImageBot } from './random-image-bot.ts';
import { ReactionBot } from './reaction-bot.ts';
import { WeatherBot } from './weather-bot.ts';
import { WikiBot } from './wiki-bot.ts';
import { YoutubeBot } from './youtube-bot.ts';

const applause = {
  match: MessengerBots.MATCH_CONTAINS_CASELESS,
  triggers: ['cool', 'nice', 'awesome', 'sweet', '100', 'wow'],
};

/** A bot that helps, in the group and with the world around it. */
export class NeoPackage extends PackagedBot {
  static override getSettings() {
    return {
      alias: 'neo_package',
      description: 'Searches the web and helps with everyday things of the group.',
      name: 'Neo',
      avatar: avatar('neo'),
    };
  }

  static override installs() {
    return defineInstalls(
      [CommandsBot, { cooldown: 120 }],
      [DocumentFinderBot, { cooldown: 15, limit: 10 }],
      [GiphyBot, { cooldown: 15 }],
      [InviteBot, { cooldown: 120, lifetime_minutes: 15 }],
      [LocationBot, { cooldown: 15 }],
      [NukeBot, { cooldown: 0, admin_only: true }],
      [
        RandomImageBot,
        { cooldown: 60, match: MessengerBots.MATCH_EXACT_CASELESS, triggers: ['!image', '!picture'] },
      ],
      [
        ReactionBot,
        [
          { ...applause, reaction: '👍' },
          { ...applause, reaction: '💯' },
        ],
      ],
      [WeatherBot, { cooldown: 15 }],
      [WikiBot, { cooldown: 15, limit: 3 }],
      [YoutubeBot, { cooldown: 15, limit: 1 }],
    );
  }
}
