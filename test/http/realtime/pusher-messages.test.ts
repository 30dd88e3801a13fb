import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RealtimeServer, type Told } from '../../support/realtime.ts';

let server: RealtimeServer;
beforeAll(async () => {
  server = await RealtimeServer.open(afterAll);
});

const room = 'presence-messenger.thread.1';
const ada = 'private-messenger.user.ada';
const refusal = (code: number) =>
  expect.objectContaining({ event: 'pusher:error', data: expect.objectContaining({ code }) });

describe('client events', () => {
  const typing = (channel: string, data: unknown = { name: 'Ada' }): Told => ({
    event: 'client-typing',
    channel,
    data,
  });

  test('go to everybody else, with who sent them', async () => {
    const channel = `${room}-typing`;
    const [one, two] = [await server.listener(channel, 'ada'), await server.listener(channel, 'bob')];
    one.send(typing(channel));
    expect((await one.heard()).map(({ event }) => event)).toEqual(['pusher_internal:member_added']);
    expect(await two.heard()).toEqual([{ ...typing(channel), user_id: 'ada' }]);
  });

  test("go to a person's other sockets on a private channel", async () => {
    const [one, two] = [await server.listener(`${ada}-3`), await server.listener(`${ada}-3`)];
    one.send(typing(`${ada}-3`));
    await one.heard();
    expect(await two.heard()).toEqual([typing(`${ada}-3`)]);
  });

  test.each<[string, Told]>([
    ['to a channel of others', typing(ada)],
    ['to a public channel', typing('news')],
    ['to no channel', { event: 'client-typing', data: {} }],
    ['that are too large', typing(room, 'x'.repeat(10_241))],
    ['with a name that is too long', { ...typing(room), event: `client-${'x'.repeat(200)}` }],
  ])('%s are refused', async (_, message) => {
    const client = await server.listener(room, 'ada');
    await client.heard();
    expect(await client.ask(message)).toEqual(refusal(4301));
  });

  test('are refused beyond ten in a second, through however many sockets of a person', async () => {
    const channel = `${room}-loud`;
    const sockets = await Promise.all(Array.from({ length: 11 }, () => server.listener(channel, 'loud')));
    const other = await server.listener(channel, 'quiet');
    for (const socket of sockets) await socket.heard();
    await other.heard();
    const answers = [];
    for (const socket of sockets) {
      socket.send(typing(channel));
      const heard = await socket.heard();
      answers.push(...heard.filter(({ event }) => event === 'pusher:error'));
    }
    expect(answers).toEqual([refusal(4301)]);
    expect(await other.heard()).toHaveLength(10);
    other.send(typing(channel));
    expect(await other.heard()).toEqual([]);
    server.clock.advance(1_000);
    sockets[0]?.send(typing(channel));
    expect(await other.heard()).toEqual([{ ...typing(channel), user_id: 'loud' }]);
  });
});

describe('what is no message of the protocol', () => {
  test.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['no event', '{"data":{}}'],
    ['an event that is no text', '{"event":{}}'],
    ['a subscription without a channel', '{"event":"pusher:subscribe","data":{}}'],
    ['a subscription of a list', '{"event":"pusher:subscribe","data":[]}'],
    ['nothing to unsubscribe', '{"event":"pusher:unsubscribe"}'],
  ])('%s', async (_, message) => {
    const client = await server.connect();
    expect(await client.ask(message)).toEqual(refusal(4200));
    expect(await client.heard()).toEqual([]);
  });

  test.each([
    ['an event of the server', '{"event":"pusher_internal:member_added","channel":"news","data":"{}"}'],
    ['an event named like a method', '{"event":"constructor"}'],
    ['an unknown channel to leave', '{"event":"pusher:unsubscribe","data":{"channel":"nowhere"}}'],
  ])('%s does nothing', async (_, message) => {
    const client = await server.connect();
    client.send(message);
    expect(await client.heard()).toEqual([]);
  });

  test('anything at all: the server answers on', async () => {
    const client = await server.listener(room, 'ada');
    const word = fc.constantFrom(
      'event',
      'data',
      'channel',
      'auth',
      'channel_data',
      'pusher:subscribe',
      room,
    );
    const message = fc.oneof(
      fc.json(),
      fc.string(),
      fc.dictionary(word, fc.oneof(word, fc.jsonValue())).map((one) => JSON.stringify(one)),
    );
    await fc.assert(
      fc.asyncProperty(message, async (text) => {
        client.send(text);
        await client.heard();
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['lists', 9_000, '[', ']'],
    ['many lists', 30_000, '[', ']'],
    ['fields', 9_000, '{"a":', '}'],
  ])('data nested too deeply is refused, and is no failure of ours: %s', async (_, depth, open, close) => {
    const before = server.problems.length;
    const client = await server.listener(room, 'ada');
    await client.heard();
    const data = `${open.repeat(depth)}${open === '[' ? '' : '1'}${close.repeat(depth)}`;
    client.send(`{"event":"client-deep","channel":"${room}","data":${data}}`);
    expect(await client.heard()).toEqual([refusal(4301)]);
    client.send(`{"event":"pusher:subscribe","data":${data}}`);
    expect(await client.heard()).toEqual([refusal(4200)]);
    expect(server.problems).toHaveLength(before);
  });

  test('a message too large cuts the client', async () => {
    const client = await server.connect();
    client.send('x'.repeat(65_537));
    expect(await client.closed).toBe(1009);
  });
});

test('a client that does not read is cut, and the others hear everything', async () => {
  const channel = `${room}-slow`;
  const [slow, quick] = [await server.listener(channel, 'slow'), await server.listener(channel, 'quick')];
  slow.socket.pause();
  const data = JSON.stringify('x'.repeat(100_000));
  let heard = 0;
  for (let last = ''; last !== 'pusher_internal:member_removed'; heard += 1) {
    server.pusher.hub.publish([channel], 'news', data);
    last = (await quick.next()).event;
  }
  expect(heard).toBeGreaterThan(5);
});

test('five hundred sockets of twenty people each hear each event, in order', async () => {
  const channel = `${room}-crowd`;
  const people = Array.from({ length: 500 }, (_, index) => `person ${index % 20}`);
  const crowd = await Promise.all(people.map((person) => server.listener(channel, person)));
  const events = Array.from({ length: 20 }, (_, index) => `event ${index}`);
  for (const event of events) server.pusher.hub.publish([channel], event, JSON.stringify({ event }));
  const heard = await Promise.all(crowd.map((client) => client.heard()));
  const wrong = heard.filter((all) => {
    const published = all.flatMap(({ event }) => (event.startsWith('pusher') ? [] : event));
    return published.join() !== events.join();
  });
  expect(wrong).toEqual([]);
});
