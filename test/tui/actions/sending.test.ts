import { describe, expect, test } from 'vitest';
import { say } from '../../../src/tui/actions/sending.ts';
import { editorOf, textOf } from '../../../src/tui/state/editor.ts';
import type { State } from '../../../src/tui/state/state.ts';
import { openController } from '../../support/test-controller.ts';
import { atOps } from '../../support/tui.tsx';

describe('a text that is sent before a group is open', () => {
  test.each<[string, Partial<State>, string]>([
    ['while the screen connects', { link: 'connecting' }, 'Still connecting.'],
    ['where there is no group', { link: 'online' }, 'There is no group yet: /thread new NAME makes one.'],
  ])('is in the prompt again, %s', async (_, fields, reason) => {
    const { controller } = openController(atOps([], { threadId: null, ...fields }));
    await expect(say(controller, 'hello')).rejects.toThrow(reason);
    expect(textOf(controller.state.editor)).toBe('hello');
  });

  test('does not replace what was typed since', async () => {
    const { controller } = openController(atOps([], { threadId: null, editor: editorOf('more') }));
    await expect(say(controller, 'hello')).rejects.toThrow();
    expect(textOf(controller.state.editor)).toBe('more');
  });
});
