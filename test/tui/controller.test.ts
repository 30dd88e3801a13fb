import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createError } from '../../src/base/errors.ts';
import { ApiError } from '../../src/client/index.ts';
import { initialState } from '../../src/tui/state/state.ts';
import { openController } from '../support/test-controller.ts';

const ada = { id: 'ada', name: 'Ada', token: 'token of Ada' };
const grace = { id: 'grace', name: 'Grace', token: 'token of Grace' };

const open = () => openController(initialState).controller;
const tokens = (clients: Array<{ options: { token: string } }>) =>
  clients.map(({ options }) => options.token);

describe('logins', () => {
  test('of people are in their order, each once, with the newest token', () => {
    const controller = open();
    for (const login of [ada, grace, { ...ada, token: 'new' }]) controller.logIn(login);
    expect(controller.state.people.map(({ name }) => name)).toEqual(['Ada', 'Grace']);
    expect(controller.tokenOf('ada')).toBe('new');
  });

  test('keep their tokens out of the state, which is what is shown', () => {
    const controller = open();
    controller.logIn(ada);
    expect(JSON.stringify(controller.state)).not.toContain(ada.token);
  });
});

describe('the client', () => {
  test('speaks as the current speaker, and is made anew when the speaker or the daemon changes', () => {
    const controller = open();
    for (const login of [ada, grace]) controller.logIn(login);
    controller.store.set({ me: 'ada' });
    const first = controller.client;
    expect(controller.client).toBe(first);
    controller.store.set({ me: 'grace' });
    const second = controller.client;
    expect(tokens([first, second])).toEqual([ada.token, grace.token]);
    controller.address = { url: 'http://127.0.0.1:9', realtime: { url: '', key: '' } };
    expect(controller.client.options).toEqual({ url: 'http://127.0.0.1:9', token: grace.token });
  });

  test.each([
    ['nobody', null, [ada.token, grace.token]],
    ['the first', 'ada', [ada.token, grace.token]],
    ['the second, who comes first', 'grace', [grace.token, ada.token]],
  ])('is there for each person while the speaker is %s', (_, me, expected) => {
    const controller = open();
    for (const login of [ada, grace]) controller.logIn(login);
    controller.store.set({ me });
    expect(tokens(controller.clients)).toEqual(expected);
  });
});

describe('an attempt', () => {
  test('returns what the work returns', async () => {
    expect(await open().attempt(async () => 7)).toBe(7);
  });

  test.each([
    ['of the daemon', new ApiError(403, 'Not authorized.'), 'Not authorized.'],
    ['of ours', createError('WRONG_USE', 'Say which.'), 'Say which.'],
  ])('shows an error %s, and returns nothing', async (_, error, text) => {
    const controller = open();
    expect(await controller.attempt(() => Promise.reject(error))).toBeUndefined();
    expect(controller.state.toasts).toMatchObject([{ text, tone: 'bad' }]);
  });

  test('keeps its error in the log, where all of it is read', async () => {
    const controller = open();
    await controller.attempt(() => Promise.reject(new ApiError(403, 'Not authorized.')));
    expect(controller.state.logs).toMatchObject([{ source: 'messenger', text: 'Not authorized.' }]);
  });

  test('does not hide a fault of the program', async () => {
    const controller = open();
    await expect(controller.attempt(() => Promise.reject(new TypeError('x')))).rejects.toThrow(TypeError);
    expect(controller.state.toasts).toEqual([]);
  });

  test('shows nothing once the screen is closed', async () => {
    const controller = open();
    controller.close();
    expect(await controller.attempt(() => Promise.reject(new ApiError(0, 'Gone.')))).toBeUndefined();
    expect(controller.state.toasts).toEqual([]);
  });
});

describe('time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('ends a toast after six seconds, each its own', () => {
    const controller = open();
    controller.toast('one');
    vi.advanceTimersByTime(3_000);
    controller.toast('two', 'good');
    vi.advanceTimersByTime(3_000);
    expect(controller.state.toasts).toMatchObject([{ text: 'two', tone: 'good' }]);
    vi.advanceTimersByTime(3_000);
    expect(controller.state.toasts).toEqual([]);
  });

  test('ends an error later, and one about the same at once', () => {
    const controller = open();
    controller.toast('broken', 'bad', 'reload');
    vi.advanceTimersByTime(14_000);
    expect(controller.state.toasts).toMatchObject([{ text: 'broken' }]);
    controller.toast('reloaded', 'good', 'reload');
    expect(controller.state.toasts).toMatchObject([{ text: 'reloaded' }]);
  });

  test('ends nothing any more once the screen is closed', () => {
    const controller = open();
    const work = vi.fn();
    controller.later(1_000, work);
    controller.close();
    vi.advanceTimersByTime(5_000);
    expect(work).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
