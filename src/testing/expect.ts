import { AssertionError } from 'node:assert';
import { type ChatMatchers, type MatcherResult, matchers } from './matchers.ts';

/** The matchers, and their opposites. */
export interface ChatAssertion extends ChatMatchers {
  /** The opposite of each matcher. */
  readonly not: ChatMatchers;
}

type Name = keyof ChatMatchers;

/**
 * Asserts what happened in a chat, for `node:test` and everything else that has no `expect`.
 *
 * @throws AssertionError from the matchers, with what happened
 * @example expect(await chat.as('alice').say('hi')).toHaveReplied('Hello, alice!');
 */
export const expect = (received: unknown): ChatAssertion => ({
  ...assertions(received, true),
  not: assertions(received, false),
});

function assertions(received: unknown, isExpected: boolean): ChatMatchers {
  const assertion =
    <Arguments extends unknown[]>(matcher: (received: unknown, ...args: Arguments) => MatcherResult) =>
    (...args: Arguments): void => {
      const { pass, message } = matcher(received, ...args);
      if (pass !== isExpected) throw new AssertionError({ message: message(), stackStartFn: assertion });
    };
  return {
    toHaveReplied: assertion(matchers.toHaveReplied),
    toHaveReacted: assertion(matchers.toHaveReacted),
    toHaveStayedSilent: assertion(matchers.toHaveStayedSilent),
    toBeOnCooldown: assertion(matchers.toBeOnCooldown),
  } satisfies Record<Name, unknown>;
}
