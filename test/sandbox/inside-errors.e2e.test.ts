import { describe, expect, test } from 'vitest';
import { exactBot } from '../support/bot-source.ts';
import { outcome, startMessenger } from '../support/messenger.ts';
import { makeWorkspace } from '../support/workspace.ts';

/* In processes of their own, because a test runner has its own way with errors that nobody catches. */

describe('messenger test, with a handler inside its process that', () => {
  test.each([
    ['forgets a promise', "Promise.reject(new Error('lost'));", 'lost'],
    ['throws in a timer', "setTimeout(() => { throw new Error('late'); });", 'late'],
    [
      'ends its process as if all were well',
      'process.exit(0);',
      'Bad ended its own worker (process.exit(0)).',
    ],
  ])('%s, fails that transcript and plays the others', async (_, code, problem) => {
    const { folder } = makeWorkspace({
      'bots/Bad.ts': exactBot(
        'Bad',
        '!bad',
        `${code} await new Promise((resolve) => setTimeout(resolve, 20));`,
      ),
      'bots/Good.ts': exactBot('Good', '!good', "await this.composer().message('fine');"),
      'a.chat.yaml': 'chat:\n  - alice: "!bad"\n',
      'b.chat.yaml': 'chat:\n  - alice: "!good"\n  - PlaygroundBot: fine\n',
    });
    const { stdout, code: exitCode } = await outcome(startMessenger(folder, ['test']));
    expect(stdout).toContain(`+ PlaygroundBot fails: ${problem}`);
    expect(stdout).toContain('(bots/Bad.ts:');
    expect(stdout).toContain('✓ b.chat.yaml');
    expect(stdout).toContain('2 transcripts: 1 passed, 1 failed');
    expect(exitCode).toBe(1);
  });
});
