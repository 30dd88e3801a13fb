import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  BotActionHandler,
  defineInstalls,
  MessengerBots,
  PackagedBot,
  type PackagedBotClass,
  type PackagedBotInstalls,
  type PackagedBotSettings,
} from '../../src/index.ts';

/** One that fixes its triggers and its match. */
class HelloBot extends BotActionHandler {
  static override getSettings() {
    return {
      alias: 'hello',
      description: 'Say hello when someone says hi!',
      name: 'Hello Response',
      triggers: ['hello', 'hi', 'hey'],
      match: MessengerBots.MATCH_CONTAINS_CASELESS,
    };
  }

  handle() {}
}

/** One that leaves triggers and match to whoever attaches it. */
class ReplyBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'reply', description: 'Reply with the given response(s).', name: 'Reply' };
  }

  override rules() {
    return { replies: z.array(z.string()).min(1).max(5) };
  }

  handle() {}
}

class GuardedBot extends BotActionHandler {
  static override getSettings() {
    return { alias: 'guarded', description: 'Guarded.', name: 'Guarded', match: MessengerBots.MATCH_EXACT };
  }

  override authorize() {
    return false;
  }

  handle() {}
}

const settings = { alias: 'test_package', description: 'Test package description.', name: 'Test Package' };

/** A package class with these handlers and settings. */
const packageOf = (installs: PackagedBotInstalls, more: Partial<PackagedBotSettings> = {}) =>
  class TestBotPackage extends PackagedBot {
    static override getSettings() {
      return { ...settings, ...more };
    }

    static override installs() {
      return installs;
    }
  };

const replying = { match: MessengerBots.MATCH_EXACT, triggers: ['42'], replies: ['That is the answer.'] };
const helping = {
  cooldown: 120,
  match: MessengerBots.MATCH_CONTAINS_CASELESS,
  triggers: ['help', 'support'],
  replies: ['Why are you asking me?', 'I say google it!'],
};
const defaults = { enabled: true, cooldown: 30, admin_only: false };
const helloDto = {
  class: 'HelloBot',
  alias: 'hello',
  description: 'Say hello when someone says hi!',
  name: 'Hello Response',
  unique: false,
  shouldAuthorize: false,
  triggers: ['hello', 'hi', 'hey'],
  matchMethod: 'contains:caseless',
};

/** What a package would install: each handler with its cooldown and triggers. */
const resolvedOf = (installs: PackagedBotInstalls): string[] =>
  packageOf(installs)
    .testInstalls()
    .resolved.map(({ handlerDTO, cooldown, triggers }) => `${handlerDTO.alias} ${cooldown} ${triggers}`);

describe('testInstalls()', () => {
  test.each<[string, PackagedBotInstalls, string[]]>([
    ['nothing', defineInstalls(), []],
    ['a class alone', defineInstalls(HelloBot), ['hello 30 hello|hi|hey']],
    ['a class with parameters', defineInstalls([HelloBot, { cooldown: 300 }]), ['hello 300 hello|hi|hey']],
    [
      'the package of the documentation',
      defineInstalls([HelloBot, { cooldown: 300 }], [ReplyBot, helping]),
      ['hello 300 hello|hi|hey', 'reply 120 help|support'],
    ],
    [
      'a class with a list of sets, and one behind it',
      defineInstalls([ReplyBot, [helping, replying, { ...replying, triggers: 'a|b,c' }]], HelloBot),
      ['reply 120 help|support', 'reply 30 42', 'reply 30 a|b|c', 'hello 30 hello|hi|hey'],
    ],
    ['match any', defineInstalls([ReplyBot, { match: 'any', replies: ['a'] }]), ['reply 30 null']],
    ['a list with one class in it', [[HelloBot]], ['hello 30 hello|hi|hey']],
  ])('resolves %s', (_, installs, resolved) => {
    expect(resolvedOf(installs)).toEqual(resolved);
    expect(packageOf(installs).testInstalls().failed).toEqual([]);
  });

  test('gives what will be stored, with defaults for what every action has', () => {
    const { resolved } = packageOf(
      defineInstalls(HelloBot, [ReplyBot, { ...helping, enabled: false, admin_only: true }]),
    ).testInstalls();
    expect(resolved).toEqual([
      {
        handlerDTO: helloDto,
        matchMethod: 'contains:caseless',
        enabled: true,
        adminOnly: false,
        cooldown: 30,
        triggers: 'hello|hi|hey',
        payload: null,
      },
      expect.objectContaining({ enabled: false, adminOnly: true, payload: { replies: helping.replies } }),
    ]);
  });

  test('of the documentation fails for the ReplyBot that lacks its parameters', () => {
    const { resolved, failed } = packageOf([HelloBot, ReplyBot]).testInstalls();
    expect(resolved.map(({ handlerDTO }) => handlerDTO.class)).toEqual(['HelloBot']);
    expect(failed).toEqual([
      {
        handler: 'ReplyBot',
        data: defaults,
        errors: {
          match: ['The match field is required.'],
          triggers: ['The triggers field is required.'],
          replies: ['The replies field is required.'],
        },
      },
    ]);
    expect(Object.keys(failed[0]?.errors ?? {})).toEqual(['replies', 'match', 'triggers']);
  });

  test.each<[string, object, string[]]>([
    ['of every action', { cooldown: 901, enabled: 'perhaps' }, ['cooldown', 'enabled']],
    ['of its own', { replies: ['a', ''] }, ['replies.1']],
    ['of matching', { match: 'regex', triggers: [''] }, ['match', 'triggers.0']],
  ])('fails for parameters %s', (_, wrong, fields) => {
    const { failed } = packageOf([[ReplyBot, [replying, { ...replying, ...wrong }]]]).testInstalls();
    expect(failed.map(({ errors }) => Object.keys(errors))).toEqual([fields]);
    expect(failed[0]?.data).toEqual({ ...defaults, ...replying, ...wrong });
  });

  test('leaves the parameters as they are, asks no authorize(), and registers nothing', () => {
    const set = Object.freeze({ triggers: Object.freeze(['a']) });
    const Package = packageOf(defineInstalls([GuardedBot, [set, set]]));
    expect(Package.testInstalls()).toEqual(Package.testInstalls());
    expect([Package.getDto(), GuardedBot.getDto()]).toEqual([null, null]);
  });
});

describe('registering', () => {
  test('gives the description of the documentation, which there was none of before, and registers the handlers', () => {
    class Package extends packageOf(defineInstalls(HelloBot)) {
      override authorize() {
        return true;
      }
    }
    const found = () => [Package.getDto(), MessengerBots.getPackagedBot(Package), HelloBot.getDto()];
    expect(found()).toEqual([null, null, null]);
    MessengerBots.registerPackagedBots([Package]);
    const dto = {
      class: 'Package',
      alias: 'test_package',
      name: 'Test Package',
      description: 'Test package description.',
      avatar: null,
      avatarExtension: 'png',
      cooldown: 0,
      isEnabled: true,
      shouldHideActions: false,
      shouldInstallAvatar: false,
      shouldAuthorize: true,
      installs: [{ handler: helloDto, data: [defaults] }],
      canInstall: [],
      alreadyInstalled: [],
    };
    expect(found()).toEqual([dto, dto, helloDto]);
    expect(Object.keys(Package.getDto() ?? {})).toEqual(Object.keys(dto));
    expect([MessengerBots.getPackagedBot('test_package'), MessengerBots.getPackagedBot('hello')]).toEqual([
      dto,
      null,
    ]);
  });

  test('again changes nothing; packages are listed by their names', () => {
    const all = ['zebra', 'Äpfel', 'Birnen'].map((name) => packageOf([], { alias: `listed ${name}`, name }));
    for (const _ of [1, 2]) MessengerBots.registerPackagedBots([...all, ...all]);
    const listed = MessengerBots.getPackagedBots().filter(({ alias }) => alias.startsWith('listed'));
    expect(listed.map(({ name }) => name)).toEqual(['Äpfel', 'Birnen', 'zebra']);
  });

  test('takes all the settings there are', () => {
    const given = { avatar: 'public/bots/test.bot.JPG', cooldown: 30, enabled: false, hide_actions: true };
    const Package = packageOf([], { alias: 'all', ...given });
    MessengerBots.registerPackagedBots([Package]);
    expect(Package.getDto()).toMatchObject({
      avatar: given.avatar,
      avatarExtension: 'jpg',
      shouldInstallAvatar: true,
      cooldown: 30,
      isEnabled: false,
      shouldHideActions: true,
    });
  });

  class TakenBot extends GuardedBot {
    static override getSettings() {
      return { ...super.getSettings(), alias: 'hello' };
    }
  }

  test.each<[string, PackagedBotClass, string]>([
    ['no alias', packageOf([], { alias: ' ' }), 'invalid "alias": The alias field is required.'],
    ['too short a name', packageOf([], { name: 'x' }), 'invalid "name"'],
    ['too long a cooldown', packageOf([], { cooldown: 901 }), 'invalid "cooldown"'],
    ['no settings', class extends PackagedBot {}, 'getSettings() is missing: every package has an alias.'],
    [
      'no list',
      packageOf(Object({ HelloBot })),
      'installs() is wrong: it must return a list. The package was not registered.',
    ],
    ['what is no handler', packageOf([HelloBot, [String, {}]]), 'entry 2 does not begin with a handler'],
    [
      'an alias that is taken',
      packageOf([GuardedBot]),
      'have the alias "test_package": Package and TestBotPackage',
    ],
    [
      'a handler whose alias is taken',
      packageOf([GuardedBot, TakenBot], { alias: 'x' }),
      'have the alias "hello"',
    ],
  ])('refuses a package with %s, and registers nothing of it', (_, Package, sentence) => {
    const before = [MessengerBots.getPackagedBots(), MessengerBots.getHandlers()];
    expect(() => MessengerBots.registerPackagedBots([Package])).toThrow(sentence);
    expect([MessengerBots.getPackagedBots(), MessengerBots.getHandlers()]).toEqual(before);
  });
});
