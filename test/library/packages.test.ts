import { readFileSync } from 'node:fs';
import { PackagedBot } from 'messenger-bots';
import * as library from 'messenger-bots/library';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import * as sources from '../../src/library/index.ts';
import { installPackage } from '../../src/services/packages/install-package.ts';
import { TestGroup } from '../support/test-group.ts';

/** What stands in the specification of an installed action; what it leaves open is left out here. */
type Action = readonly [
  handler: string,
  rest: { cooldown: number; matchMethod?: string; triggers?: unknown; adminOnly?: boolean; payload?: object },
];

const contains = 'contains:caseless';
const exact = 'exact:caseless';
const withFirst = (trigger: string) => expect.stringMatching(new RegExp(`^${trigger}\\|`));
const dad = '!dad|dad|daddy|father';
const mom = '!yomomma|mom|mommy|mother';
const applause = { cooldown: 30, matchMethod: contains, triggers: 'cool|nice|awesome|sweet|100|wow' };

const specified: Array<{ class: keyof typeof sources; alias: string; name: string; actions: Action[] }> = [
  {
    class: 'GamesPackage',
    alias: 'games_package',
    name: 'Games',
    actions: [
      ['CoinTossBot', { cooldown: 15 }],
      ['RockPaperScissorsBot', { cooldown: 15 }],
      ['RollBot', { cooldown: 15 }],
    ],
  },
  {
    class: 'JokesterPackage',
    alias: 'jokester_package',
    name: 'Jokester',
    actions: [
      ['ChuckNorrisBot', { cooldown: 15, matchMethod: exact, triggers: '!chuck|!norris' }],
      ['DadJokeBot', { cooldown: 15, matchMethod: contains, triggers: dad }],
      ['InsultBot', { cooldown: 120, matchMethod: 'contains:any:caseless', triggers: withFirst('!insult') }],
      ['JokeBot', { cooldown: 15, matchMethod: exact, triggers: '!joke' }],
      ['KanyeBot', { cooldown: 30, matchMethod: exact, triggers: '!kanye' }],
      ['KnockBot', { cooldown: 300, matchMethod: contains, triggers: '!knock|knock|ding|dong' }],
      ['ReactionBombBot', { cooldown: 300, matchMethod: contains }],
      ['ReactionBot', { cooldown: 30, triggers: withFirst('lol'), payload: { reaction: ':rofl:' } }],
      ['ReactionBot', { cooldown: 30, triggers: withFirst('no'), payload: { reaction: ':thumbsdown:' } }],
      ['ReactionBot', { cooldown: 30, triggers: mom, payload: { reaction: ':woman:' } }],
      ['ReactionBot', { cooldown: 30, triggers: dad, payload: { reaction: ':man:' } }],
      ['ReplyBot', { cooldown: 30, triggers: 'help', payload: { quote_original: true } }],
      ['YoMommaBot', { cooldown: 15, matchMethod: contains, triggers: mom }],
    ],
  },
  {
    class: 'NeoPackage',
    alias: 'neo_package',
    name: 'Neo',
    actions: [
      ['CommandsBot', { cooldown: 120 }],
      ['DocumentFinderBot', { cooldown: 15, payload: { limit: 10 } }],
      ['GiphyBot', { cooldown: 15 }],
      ['InviteBot', { cooldown: 120, payload: { lifetime_minutes: 15 } }],
      ['LocationBot', { cooldown: 15 }],
      ['NukeBot', { cooldown: 0, adminOnly: true }],
      ['RandomImageBot', { cooldown: 60, matchMethod: exact, triggers: '!image|!picture' }],
      ['ReactionBot', { ...applause, payload: { reaction: ':thumbsup:' } }],
      ['ReactionBot', { ...applause, payload: { reaction: ':100:' } }],
      ['WeatherBot', { cooldown: 15 }],
      ['WikiBot', { cooldown: 15, payload: { limit: 3 } }],
      ['YoutubeBot', { cooldown: 15, payload: { limit: 1 } }],
    ],
  },
];

const builtPackages = [library.GamesPackage, library.JokesterPackage, library.NeoPackage];
const sourcePackages = [sources.GamesPackage, sources.JokesterPackage, sources.NeoPackage];

describe.each(specified)('$class', ({ class: name, alias, name: botName, actions }) => {
  test('installs what the specification says', () => {
    const packagedBot = builtPackages.find((built) => built.name === name);
    if (packagedBot === undefined) throw new Error(`${name} is not exported.`);
    expect(packagedBot.getSettings()).toMatchObject({ alias, name: botName });
    const { resolved, failed } = PackagedBot.testInstalls.call(packagedBot);
    expect(failed).toEqual([]);
    expect(resolved).toHaveLength(actions.length);
    const common = { enabled: true, adminOnly: false };
    const wanted = actions.map(([handler, rest]) => ({ ...common, ...rest, handlerDTO: { class: handler } }));
    expect(resolved).toMatchObject(wanted);
  });

  test('is installed whole, with its avatar', async () => {
    const testGroup = await TestGroup.open({});
    const installed = await installPackage(testGroup.app, {
      thread: testGroup.thread,
      user: await testGroup.person('Ada'),
      name: alias,
    });
    expect(installed.leftOut).toEqual([]);
    expect(installed.actions).toHaveLength(actions.length);
    expect(installed.bot).toMatchObject({ name: botName, avatar: expect.stringMatching(/\.png$/) });
  });
});

test('avatars are found from the sources and from the build, and ship with the package', () => {
  const files = ['games', 'jokester', 'neo'].map((name) => packageFile(`assets/${name}.png`));
  for (const packages of [builtPackages, sourcePackages]) {
    expect(packages.map((packagedBot) => packagedBot.getSettings().avatar)).toEqual(files);
  }
  const { files: shipped } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8'));
  expect(shipped).toContain('assets');
});

test('avatars are small square images, each another one', () => {
  const images = builtPackages.map((packagedBot) => readFileSync(packagedBot.getSettings().avatar));
  for (const image of images) {
    expect(image.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([256, 256]);
    expect(image.length).toBeLessThan(20_000);
  }
  expect(new Set(images.map((image) => image.toString('base64'))).size).toBe(3);
});
