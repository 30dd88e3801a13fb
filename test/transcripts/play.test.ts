import { describe, expect, onTestFinished, test } from 'vitest';
import { openEngine } from '../../src/testing/engine.ts';
import { differenceOf, formatDifference } from '../../src/transcripts/difference.ts';
import { openStage } from '../../src/transcripts/open-stage.ts';
import { play } from '../../src/transcripts/play.ts';
import { parseTranscript } from '../../src/transcripts/read-transcript.ts';
import { botSource, exactBot, posting } from '../support/bot-source.ts';
import { handlerSource, helloBot, replyBot } from '../support/handlers.ts';
import { makeWorkspace } from '../support/workspace.ts';

const files = {
  'bots/HelloBot.ts': helloBot,
  'bots/ReplyBot.ts': replyBot,
  'bots/Fails.ts': exactBot('Fails', '!fail', "throw new Error('out of coffee');"),
  'bots/Knocks.ts': exactBot('Knocks', '!knock', 'await this.composer().knock();'),
  'bots/Answers.ts': exactBot('Answers', '!quote', "await this.composer().message('quoted', this.message);"),
  'bots/Echo.ts': botSource('Echo', posting('this.message.body'), { settings: "match: 'any'" }),
  'bots/Sleeps.ts': exactBot(
    'Sleeps',
    '!sleep',
    `await this.composer().message('good night');
    await this.sleep(20_000);
    await this.composer().message('good morning');`,
  ),
  'bots/Sends.ts': exactBot('Sends', '!send', "await this.composer().document(new File(['hi'], 'a.txt'));"),
  'bots/Many.ts': handlerSource(
    'Many',
    '!many',
    "for (const word of ['one', 'two', 'three']) await this.composer().message(word);",
  ),
};

/** Plays a transcript and returns what was different. */
async function differenceIn(text: string): Promise<string> {
  const engine = await openEngine({ workspace: makeWorkspace(files) });
  onTestFinished(() => engine.close());
  const transcript = parseTranscript(text, 'a.chat.yaml');
  const stage = await openStage(engine, transcript);
  onTestFinished(() => stage.close());
  return formatDifference(differenceOf(await play(transcript, stage)));
}

const inGroup = (bots: string, ...chat: string[]) =>
  `bots: [${bots}]\nchat:\n${chat.map((line) => `  - ${line}\n`).join('')}`;

describe('a transcript that is played as it is written', () => {
  test.each([
    [
      'an answer',
      'hello',
      ['alice: hi', 'PlaygroundBot: Why hello there alice!', 'PlaygroundBot reacts: 👋'],
    ],
    ['a short code', 'hello', ['alice: hi', 'PlaygroundBot: …', 'PlaygroundBot reacts: ":wave:"']],
    ['anything', 'hello', ['alice: hi', '…']],
    ['anything in the middle', 'many', ['alice: "!many"', 'PlaygroundBot: one', '…', 'PlaygroundBot: three']],
    ['typing, if the transcript has it', 'hello', ['alice: hi', 'PlaygroundBot types', '…']],
    ['no answer', 'hello', ['alice: nothing', 'bob: nothing either']],
    ['a silence', 'hello', ['alice: nothing', 'silence']],
    ['a silence with a reason', 'hello', ['alice: hit', 'silence: no match']],
    [
      'a cooldown',
      'hello: { cooldown: 30 }',
      [
        'alice: hi',
        '…',
        'clock: +29s',
        'bob: hi',
        'silence: on cooldown',
        'clock: +1s',
        'bob: hi',
        'PlaygroundBot: Why hello there bob!',
        '…',
      ],
    ],
    ['a failure', 'fails', ['alice: "!fail"', 'PlaygroundBot fails: out of coffee']],
    ['a knock', 'knocks', ['alice: "!knock"', 'PlaygroundBot knocks']],
    ['a file', 'sends', ['alice: "!send"', 'PlaygroundBot sends: a.txt']],
    ['a reply', 'answers', ['alice: "!quote"', '{ PlaygroundBot: quoted, to: "!quote" }']],
    ['a reply of a person', 'answers', ['alice: hi', '{ bob: hello, to: hi }']],
    [
      'a handler that sleeps',
      'sleeps',
      ['alice: "!sleep"', 'PlaygroundBot: good night', 'clock: +1m', 'PlaygroundBot: good morning'],
    ],
    [
      'a handler that sleeps until it is done',
      'sleeps',
      ['alice: "!sleep"', 'PlaygroundBot: good night', 'clock: until-idle', 'PlaygroundBot: good morning'],
    ],
    [
      'parameters',
      'reply: { match: contains, triggers: [help], replies: [Ask away!] }',
      ['alice: help', 'PlaygroundBot: Ask away!'],
    ],
    ['a bot with a name', '{ bot: Helper, actions: [hello] }', ['alice: hi', 'Helper: Why …', '…']],
    ['a package', 'install: games_package', ['alice: hi', 'silence']],
    [
      'commands',
      '',
      [
        'alice: /bot add Helper',
        'alice: /attach hello @Helper',
        'alice: hi',
        'Helper: Why …',
        '…',
        'alice: /admin bob on',
        'bob: /bot off Helper',
        'alice: hi',
        'silence',
      ],
    ],
    ['a message that begins with a slash', 'echo', ['alice: //help', 'PlaygroundBot: /help']],
    [
      'a person who is called like a bot',
      'hello',
      [
        '{ person: PlaygroundBot, says: hi }',
        '{ bot: PlaygroundBot, says: Why hello there PlaygroundBot! }',
        '…',
      ],
    ],
    [
      'a person who is called clock',
      'hello',
      ['{ person: clock, says: hi }', 'PlaygroundBot: Why hello there clock!', '…'],
    ],
  ])('%s', async (_, bots, chat) => {
    expect(await differenceIn(inGroup(bots, ...chat))).toBe('');
  });

  test('without a list of bots, every handler that needs no parameters is attached', async () => {
    const difference = await differenceIn('chat:\n  - alice: hi\n  - …\n  - PlaygroundBot: Why …\n  - …\n');
    expect(difference).toBe('');
  });
});

describe('what is shown of a transcript that went otherwise', () => {
  const hello = ['PlaygroundBot: Why hello there alice!', 'PlaygroundBot reacts: 👋'];

  test.each([
    [
      'another answer',
      ['alice: hi', 'PlaygroundBot: Hello', 'PlaygroundBot reacts: 👋'],
      [
        '  alice: hi',
        '- PlaygroundBot: Hello',
        '+ PlaygroundBot: Why hello there alice!',
        '  PlaygroundBot reacts: 👋',
      ],
    ],
    [
      'an answer too much',
      ['alice: hi'],
      ['  alice: hi', '+ PlaygroundBot: Why hello there alice!', '+ PlaygroundBot reacts: 👋'],
    ],
    [
      'an answer that is missing',
      ['bob: one', 'bob: two', 'bob: hi!', ...hello],
      [
        '  …',
        '  bob: two',
        '  bob: hi!',
        ...hello.map((line) => `- ${line}`),
        '! hello: no match: "hi" is there, but "!" after it is no word boundary',
      ],
    ],
    [
      'a silence with another reason',
      ['alice: hit', 'silence: on cooldown'],
      [
        '  alice: hit',
        '! The silence has another reason than "on cooldown".',
        '! hello: no match: "hi" is there, but "t" after it is no word boundary',
      ],
    ],
    [
      'a command that fails',
      ['alice: /detach nothing'],
      ['  alice: /detach nothing', '! "/detach nothing" could not be done: "nothing" is not attached.'],
    ],
    [
      'a move of the clock that is none',
      ['clock: soon'],
      [
        '  clock: soon',
        '! "clock: soon" could not be done: it must be like 90s, 15m, 1h30m or 2d, or until-idle.',
      ],
    ],
    ['an empty message', ['alice: " "'], ['  alice:  ', '! The message was not sent: it is empty.']],
  ])('%s', async (_, chat, expected) => {
    expect((await differenceIn(inGroup('hello', ...chat))).split('\n')).toEqual(expected);
  });
});
