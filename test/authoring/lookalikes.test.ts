import { expect, test } from 'vitest';
import { notRegistrable, rejectLookalike } from '../../src/authoring/lookalikes.ts';
import { BotActionHandler, PackagedBot } from '../../src/index.ts';

class HelloBot extends BotActionHandler {
  handle() {}
}
class Pack extends PackagedBot {}

/** A class of another copy of the package, as two installed versions make them. */
const otherCopy = (() => {
  class BotActionHandler {
    static getSettings() {}
    handle() {}
  }
  return class OtherBot extends BotActionHandler {};
})();
const otherPackage = (() => {
  class PackagedBot {
    static getSettings() {}
    static installs() {}
  }
  return class OtherPack extends PackagedBot {};
})();

class Forgetful {
  static getSettings() {}
  handle() {}
}

test.each<[string, unknown]>([
  ['a handler class', HelloBot],
  ['a package class', Pack],
  ['the classes to extend', BotActionHandler],
  ['the classes to extend', PackagedBot],
  ['a helper function', () => {}],
  [
    'a class with a handle() only',
    class {
      handle() {}
    },
  ],
  ['settings that are no function', { getSettings: {}, handle() {} }],
  ['nothing', undefined],
  ['null', null],
  ['a text', 'getSettings'],
])('%s is no lookalike', (_, value) => {
  expect(() => rejectLookalike(value, 'default', 'bots/a.ts')).not.toThrow();
});

test.each<[string, unknown, string]>([
  [
    'an object of a handler class',
    new HelloBot(),
    '"made" is an object and not a class. It was not registered; extend BotActionHandler',
  ],
  [
    'an object of a package class',
    new Pack(),
    '"made" is an object and not a class. It was not registered; extend PackagedBot',
  ],
  ['a class that extends nothing', Forgetful, 'the class Forgetful does not extend BotActionHandler.'],
  [
    'a class without a name',
    (() =>
      class {
        static getSettings() {}
        handle() {}
      })(),
    '"made" does not extend BotActionHandler.',
  ],
  [
    'an object with the members of a handler',
    { getSettings() {}, handle() {} },
    '"made" is an object and not a class.',
  ],
  ['an object with the members of a package', { getSettings() {}, installs() {} }, 'extend PackagedBot'],
  [
    'a handler of another copy',
    otherCopy,
    'the class OtherBot extends the BotActionHandler of a different copy of "messenger-bots" from the one that is running.',
  ],
  [
    'a package of another copy',
    otherPackage,
    'the class OtherPack extends the PackagedBot of a different copy',
  ],
])('%s is reported with what to do', (_, value, sentence) => {
  const refuse = () => rejectLookalike(value, 'made', 'bots/a.ts');
  expect(refuse).toThrow(expect.objectContaining({ code: 'NOT_A_HANDLER' }));
  expect(refuse).toThrow('bots/a.ts: ');
  expect(refuse).toThrow(sentence);
});

test.each<[unknown, string]>([
  [undefined, '"what was given" is an object and not a class'],
  [Forgetful, 'the class Forgetful does not extend BotActionHandler'],
])('a call that registers %s names the call', (value, sentence) => {
  const { message } = notRegistrable(value, 'registerHandlers', 'BotActionHandler');
  expect(message).toContain(`MessengerBots.registerHandlers(): ${sentence}`);
});
