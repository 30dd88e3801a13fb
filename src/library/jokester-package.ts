import { defineInstalls, MessengerBots, PackagedBot } from '../index.ts';
import { avatar } from './avatar.ts';
import { ChuckNorrisBot } from './chuck-norris-bot.ts';
import { DadJokeBot } from './dad-joke-bot.ts';
import { InsultBot } from './insult-bot.ts';
import { JokeBot } from './joke-bot.ts';
import { KanyeBot } from './kanye-bot.ts';
import { KnockBot } from './knock-bot.ts';
import { ReactionBombBot } from './reaction-bomb-bot.ts';
import { ReactionBot } from './reaction-bot.ts';
import { ReplyBot } from './reply-bot.ts';
import { YoMommaBot } from './yo-momma-bot.ts';

const exact = MessengerBots.MATCH_EXACT_CASELESS;
const contains = MessengerBots.MATCH_CONTAINS_CASELESS;

const dad = ['!dad', 'dad', 'daddy', 'father'];
const mom = ['!yomomma', 'mom', 'mommy', 'mother'];
/** Found inside of other words too, so none of them is a part of a harmless one. */
const swearing = ['!insult', 'damn', 'dammit', 'bollocks', 'jackass', 'screw you', 'wtf'];

/** A bot that cannot be serious. */
export class JokesterPackage extends PackagedBot {
  static override getSettings() {
    return {
      alias: 'jokester_package',
      description: 'Jokes at every occasion, and at some that are none.',
      name: 'Jokester',
      avatar: avatar('jokester'),
    };
  }

  static override installs() {
    return defineInstalls(
      [ChuckNorrisBot, { cooldown: 15, match: exact, triggers: ['!chuck', '!norris'] }],
      [DadJokeBot, { cooldown: 15, match: contains, triggers: dad }],
      [InsultBot, { cooldown: 120, match: MessengerBots.MATCH_CONTAINS_ANY_CASELESS, triggers: swearing }],
      [JokeBot, { cooldown: 15, match: exact, triggers: ['!joke'] }],
      [KanyeBot, { match: exact, triggers: ['!kanye'] }],
      [KnockBot, { cooldown: 300, match: contains, triggers: ['!knock', 'knock', 'ding', 'dong'] }],
      [
        ReactionBombBot,
        {
          cooldown: 300,
          match: contains,
          triggers: ['!bomb', 'boom', 'party', 'hooray'],
          reactions: ['💣', '💥', '🔥', '🎉'],
        },
      ],
      [
        ReactionBot,
        [
          { match: contains, triggers: ['lol', 'lmao', 'rofl', 'ha', 'haha', 'hahaha'], reaction: '🤣' },
          { match: contains, triggers: ['no', 'nope', 'never', 'nah'], reaction: '👎' },
          { match: contains, triggers: mom, reaction: '👩' },
          { match: contains, triggers: dad, reaction: '👨' },
        ],
      ],
      [
        ReplyBot,
        {
          match: contains,
          triggers: ['help'],
          replies: ['Have you tried turning it off and on again?'],
          quote_original: true,
        },
      ],
      [YoMommaBot, { cooldown: 15, match: contains, triggers: mom }],
    );
  }
}
