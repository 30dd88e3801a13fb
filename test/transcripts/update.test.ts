import { describe, expect, onTestFinished, test } from 'vitest';
import { openEngine } from '../../src/testing/engine.ts';
import { openStage } from '../../src/transcripts/open-stage.ts';
import { play } from '../../src/transcripts/play.ts';
import { parseTranscript } from '../../src/transcripts/read-transcript.ts';
import { updateText } from '../../src/transcripts/update.ts';
import { handlerSource } from '../support/handlers.ts';
import { makeWorkspace } from '../support/workspace.ts';

const files = {
  'bots/Many.ts': handlerSource(
    'Many',
    '!many',
    "for (const word of ['one', 'two', 'three: …', 'four\\nlines', '/five/']) await this.composer().message(word);",
  ),
};

async function updated(text: string): Promise<string> {
  const engine = await openEngine({ workspace: makeWorkspace(files) });
  onTestFinished(() => engine.close());
  const transcript = parseTranscript(text, 'a.chat.yaml');
  const stage = await openStage(engine, transcript);
  onTestFinished(() => stage.close());
  return updateText(text, 'a.chat.yaml', { transcript, exchanges: await play(transcript, stage) });
}

const all = `  - PlaygroundBot: one
  - PlaygroundBot: two
  - PlaygroundBot: "three: \\\\…"
  - PlaygroundBot: |-
      four
      lines
  - PlaygroundBot: //five/
`;

describe('updateText', () => {
  test('writes what is missing, behind what caused it', async () => {
    const text = 'chat:\n  # First.\n  - alice: "!many" # go\n\n  # Last.\n  - bob: hi\n';
    expect(await updated(text)).toBe(
      `chat:\n  # First.\n  - alice: "!many" # go\n${all}\n  # Last.\n  - bob: hi\n`,
    );
  });

  test('keeps what matches, comments and all', async () => {
    const text = `title:   Odd   # kept
chat:
  - alice: '!many'
  - PlaygroundBot: /^o/   # an expression
  - PlaygroundBot: t…     # any
  - PlaygroundBot: 3      # three
  # The next one has lines.
  - PlaygroundBot: >-
      no
      lines
  - PlaygroundBot: "//five/"
  - PlaygroundBot reacts: 👋
  - bob: hi
  - silence
`;
    expect(await updated(text)).toBe(`title:   Odd   # kept
chat:
  - alice: '!many'
  - PlaygroundBot: /^o/   # an expression
  - PlaygroundBot: t…     # any
  - PlaygroundBot: "three: \\\\…"      # three
  # The next one has lines.
  - PlaygroundBot: |-
      four
      lines
  - PlaygroundBot: "//five/"
  - bob: hi
  - silence
`);
  });

  test.each([
    ['a silence', 'chat:\n  - alice: "!many"\n  - silence\n', `chat:\n  - alice: "!many"\n${all}`],
    ['no line break at the end', 'chat:\n  - alice: "!many"', `chat:\n  - alice: "!many"\n${all}`],
    [
      'a list that is not indented',
      `chat:\n- alice: "!many"\n- PlaygroundBot: 1\n${all.replace(/^ {2}- .*one\n/, '').replaceAll(/^ {2}/gm, '')}`,
      `chat:\n- alice: "!many"\n${all.replaceAll(/^ {2}/gm, '')}`,
    ],
    [
      'somebody else',
      'chat:\n  - alice: "!many"\n  - { PlaygroundBot: one, to: x }\n  - PlaygroundBot: two\n  - …\n',
      'chat:\n  - alice: "!many"\n  - PlaygroundBot: one\n  - PlaygroundBot: two\n  - …\n',
    ],
    [
      'an empty answer',
      'chat:\n  - alice: "!many"\n  - PlaygroundBot:\n  - PlaygroundBot: two\n  - …\n',
      'chat:\n  - alice: "!many"\n  - PlaygroundBot: one\n  - PlaygroundBot: two\n  - …\n',
    ],
  ])('%s', async (_, text, expected) => {
    const changed = await updated(text);
    expect(changed).toBe(expected);
    expect(await updated(changed)).toBe(changed);
  });

  test('a chat on one line stays as it is', async () => {
    await expect(updated('chat: [{ alice: "!many" }]\n')).rejects.toMatchObject({
      code: 'TRANSCRIPT_INVALID',
    });
  });
});
