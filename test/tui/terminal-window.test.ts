import { describe, expect, test } from 'vitest';
import { Controller } from '../../src/tui/controller.ts';
import { pressInWindow } from '../../src/tui/keys/press.ts';
import { viewWidths } from '../../src/tui/state/beside.ts';
import type { State } from '../../src/tui/state/state.ts';
import { openController } from '../support/test-controller.ts';
import { atOps, thread } from '../support/tui.tsx';

/** A window of a size with Ada, and Grace beside her. */
function sideBySide(columns: number, fields: Partial<State> = {}) {
  const { controller: ada, exits } = openController(atOps([]));
  const { window } = ada;
  window.resize({ columns, rows: 30 });
  const people = [{ id: 'grace', name: 'Grace' }];
  const grace = new Controller(ada.options, atOps([], { people, me: 'grace', ...fields }), window);
  window.add(grace);
  return { window, ada, grace, exits };
}

const columnsOf = ({ state }: Controller) => state.size.columns;

test.each([
  [200, 1, [200]],
  [99, 2, [99]],
  [100, 2, [49, 50]],
  [101, 2, [50, 50]],
  [200, 2, [99, 100]],
])('%i columns are shared by %i views as %o', (columns, count, widths) => {
  expect(viewWidths(columns, count)).toEqual(widths);
});

describe('a window with two people', () => {
  test('shows both, the new one with the keys', () => {
    const { window, ada, grace } = sideBySide(120);
    expect(window.views).toEqual({ all: [ada, grace], focused: grace, shown: [ada, grace] });
    expect([columnsOf(ada), columnsOf(grace)]).toEqual([59, 60]);
    expect(ada.state.beside).toEqual({ name: 'Grace', isFocused: false, isOnScreen: true, unread: 0 });
    expect(grace.state.beside).toEqual({ name: 'Ada', isFocused: true, isOnScreen: true, unread: 0 });
  });

  test('shows the one with the keys where it is narrow, and the other one after a switch', () => {
    const { window, ada, grace } = sideBySide(80);
    expect([window.views.shown, columnsOf(ada), columnsOf(grace)]).toEqual([[grace], 80, 80]);
    expect(ada.state.beside?.isOnScreen).toBe(false);
    window.focus(ada);
    expect(window.views.shown).toEqual([ada]);
    window.resize({ columns: 140, rows: 30 });
    expect([window.views.shown, columnsOf(ada), columnsOf(grace)]).toEqual([[ada, grace], 69, 70]);
  });

  test('has a place for every column but the one between them', () => {
    const { window, ada, grace } = sideBySide(120);
    expect([0, 58, 59, 60, 119, 120].map((column) => window.at(column))).toEqual([
      { controller: ada, left: 0 },
      { controller: ada, left: 0 },
      undefined,
      { controller: grace, left: 60 },
      { controller: grace, left: 60 },
      undefined,
    ]);
  });

  test('gives the keys to the one that is clicked, and the wheel to the one under it', async () => {
    const { window, ada, grace } = sideBySide(201);
    pressInWindow(window, [{ kind: 'mouse', what: 'click', x: 30, y: 5 }]);
    expect([window.focused, ada.state.pane]).toEqual([ada, 'conversation']);
    pressInWindow(window, [{ kind: 'mouse', what: 'wheel down', x: 101, y: 5 }]);
    expect([window.focused, grace.state.pane, ada.state.pane]).toEqual([ada, 'threads', 'conversation']);
  });

  test('says how much the other one has not read', async () => {
    const { ada } = sideBySide(80, {
      threads: [thread('ops', { unread_count: 2 }), thread('x', { unread_count: 1 })],
    });
    expect(ada.state.beside?.unread).toBe(3);
  });

  test('shares logins, also those of later', () => {
    const { ada, grace } = sideBySide(80);
    grace.logIn({ id: 'joan', name: 'Joan', token: 'secret' });
    for (const { state, tokenOf } of [ada, grace])
      expect([state.people.at(-1), tokenOf.call(ada, 'joan')]).toEqual([
        { id: 'joan', name: 'Joan' },
        'secret',
      ]);
  });

  test.each(['ada', 'grace'] as const)(
    'is a window with one when %s leaves, and ends with the last',
    (who) => {
      const { window, exits, ...both } = sideBySide(120);
      const stays = who === 'ada' ? both.grace : both.ada;
      both[who].leave();
      expect([both[who].closed, stays.closed, exits]).toEqual([true, false, []]);
      expect(window.views).toEqual({ all: [stays], focused: stays, shown: [stays] });
      expect([stays.state.beside, columnsOf(stays)]).toEqual([null, 120]);
      stays.leave();
      expect(exits).toEqual([0]);
    },
  );

  test('is drawn again when a view comes, goes or is switched to, and not for the same size', () => {
    const { window, ada, grace } = sideBySide(120);
    const drawn: string[] = [];
    window.subscribe(() => drawn.push(window.focused === ada ? 'ada' : 'grace'));
    window.resize({ columns: 120, rows: 30 });
    window.focus(ada);
    window.focus(ada);
    window.remove(grace);
    expect(drawn).toEqual(['ada', 'ada']);
  });
});
