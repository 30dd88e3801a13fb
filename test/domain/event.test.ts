import { describe, expect, test } from 'vitest';
import {
  allEventNames,
  EventBus,
  type EventName,
  type Events,
  isEventName,
  threadIdOf,
} from '../../src/domain/event.ts';
import { aBot, aMessage, aReaction, aThread } from '../support/records.ts';

const thread = aThread();
const bot = aBot({ threadId: thread.id });
const message = { ...aMessage({ threadId: thread.id }), sequence: 1 };
const reaction = aReaction({ messageId: message.id });

describe('the thread of an event', () => {
  test.each<[EventName, Events[EventName], string | undefined]>([
    ['NewThread', { thread, by: message.owner }, thread.id],
    ['MessageArchived', { threadId: thread.id, messageId: message.id, silent: false }, thread.id],
    ['ReactionRemoved', { message, reaction }, thread.id],
    ['NewBot', { bot }, undefined],
    ['ConfigurationReloaded', { live: [], restart: [], problem: null }, undefined],
  ])('%s', (_, event, expected) => {
    expect(threadIdOf(event)).toBe(expected);
  });
});

describe('the name of an event', () => {
  test('is in the list, and the list has only names', () => {
    expect(allEventNames.every(isEventName)).toBe(true);
    expect(new Set(allEventNames).size).toBe(allEventNames.length);
  });

  test.each(['', 'newMessage', 'NewMessage ', 'toString', '__proto__', 'constructor'])(
    'is not %j',
    (name) => {
      expect(isEventName(name)).toBe(false);
    },
  );
});

describe('EventBus', () => {
  /** A bus, what its listeners noted, and what it reported. */
  function listening() {
    const notes: string[] = [];
    const reports: Array<[unknown, EventName]> = [];
    const bus = new EventBus((error, name) => reports.push([error, name]));
    return { bus, notes, reports, note: (text: string) => () => void notes.push(text) };
  }

  test('calls the listeners of an event in the order of adding, then those of all events', () => {
    const { bus, notes, note } = listening();
    bus.onAny(note('any'));
    bus.on('NewBot', note('first'));
    bus.on('BotAvatar', note('other'));
    bus.on('NewBot', note('second'));
    bus.emit('NewBot', { bot });
    expect(notes).toEqual(['first', 'second', 'any']);
  });

  test('passes the event itself, and to listeners of all events its name too', () => {
    const { bus } = listening();
    const received: unknown[] = [];
    bus.on('NewBot', (event) => received.push(event));
    bus.onAny((named) => received.push(named));
    const event = { bot };
    bus.emit('NewBot', event);
    expect(received[0]).toBe(event);
    expect(received[1]).toEqual({ name: 'NewBot', event });
  });

  test('does nothing when nobody listens', () => {
    const { bus, reports } = listening();
    bus.emit('NewBot', { bot });
    expect(reports).toEqual([]);
  });

  test('calls a removed listener no more, and removing it again changes nothing', () => {
    const { bus, notes, note } = listening();
    const remove = bus.on('NewBot', note('one'));
    const removeAny = bus.onAny(note('any'));
    bus.on('NewBot', note('other'));
    for (let times = 0; times < 2; times++) {
      remove();
      removeAny();
    }
    bus.emit('NewBot', { bot });
    expect(notes).toEqual(['other']);
  });

  test('reports what a listener throws or rejects with, and calls the others all the same', async () => {
    const { bus, notes, reports, note } = listening();
    const [thrown, rejected] = [new Error('thrown'), new Error('rejected')];
    bus.on('NewBot', () => {
      throw thrown;
    });
    bus.on('NewBot', async () => {
      throw rejected;
    });
    bus.on('NewBot', note('after'));
    bus.onAny(() => {
      throw thrown;
    });
    bus.emit('NewBot', { bot });
    expect(notes).toEqual(['after']);
    await new Promise(setImmediate);
    expect(reports).toEqual([
      [thrown, 'NewBot'],
      [thrown, 'NewBot'],
      [rejected, 'NewBot'],
    ]);
  });

  test('calls a listener that is added meanwhile with the next event only', () => {
    const { bus, notes, note } = listening();
    const stop = bus.on('NewBot', () => {
      stop();
      bus.on('NewBot', note('one'));
      bus.onAny(note('all'));
    });
    bus.emit('NewBot', { bot });
    expect(notes).toEqual([]);
    bus.emit('NewBot', { bot });
    expect(notes).toEqual(['one', 'all']);
  });

  test('does not wait for a listener that takes long', () => {
    const { bus, notes, note } = listening();
    bus.on('NewBot', () => new Promise(() => {}));
    bus.on('NewBot', note('next'));
    bus.emit('NewBot', { bot });
    expect(notes).toEqual(['next']);
  });
});
