import { describe, expect, test } from 'vitest';
import { readEstablished, readEvent, writeEvent } from '../../../src/client/realtime/protocol.ts';

describe('a received message', () => {
  test.each<[string, ReturnType<typeof readEvent>]>([
    [
      '{"event":"new.message","channel":"c","data":"{\\"body\\":\\"hi\\"}"}',
      { event: 'new.message', channel: 'c', data: { body: 'hi' } },
    ],
    ['{"event":"pusher:ping","data":{}}', { event: 'pusher:ping', data: {} }],
    ['{"event":"pusher:ping"}', { event: 'pusher:ping', data: undefined }],
    ['{"event":"client-x","data":"no JSON"}', { event: 'client-x', data: 'no JSON' }],
    ['{"event":"client-x","data":"\\"text\\""}', { event: 'client-x', data: 'text' }],
    ['{"event":"client-x","data":"false"}', { event: 'client-x', data: false }],
    ['{"event":"client-x","channel":7,"data":null}', { event: 'client-x', data: null }],
    ['{"event":7}', undefined],
    ['{"data":"{}"}', undefined],
    ['["event"]', undefined],
    ['null', undefined],
    ['"event"', undefined],
    ['{"event":', undefined],
    ['', undefined],
  ])('%s is read as %j', (text, expected) => {
    expect(readEvent(text)).toEqual(expected);
  });
});

test.each<[unknown, ReturnType<typeof readEstablished>]>([
  [
    { socket_id: '1.2', activity_timeout: 30 },
    { socketId: '1.2', timeout: 30 },
  ],
  [
    { socket_id: 1.5, activity_timeout: '30' },
    { socketId: '1.5', timeout: 30 },
  ],
  [{ socket_id: '1.2' }, { socketId: '1.2', timeout: 120 }],
  [
    { socket_id: '1.2', activity_timeout: 0 },
    { socketId: '1.2', timeout: 120 },
  ],
  [
    { socket_id: '1.2', activity_timeout: 'soon' },
    { socketId: '1.2', timeout: 120 },
  ],
])('the greeting %j is read as %j', (data, expected) => {
  expect(readEstablished(data)).toEqual(expected);
});

test('an event is written with its channel, if it has one', () => {
  expect(JSON.parse(writeEvent('client-typing', { a: '漢' }, 'c'))).toEqual({
    event: 'client-typing',
    data: { a: '漢' },
    channel: 'c',
  });
  expect(JSON.parse(writeEvent('pusher:ping', {}))).toEqual({ event: 'pusher:ping', data: {} });
});
