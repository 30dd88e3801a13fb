import { setTimeout as pause } from 'node:timers/promises';
import { CountingClient } from './counting-client.ts';
import { answerQuestions } from './part.ts';

/** Where a client connects, and the person whose channel it then listens to, if any. */
export interface Seat {
  url: string;
  listener?: Listener;
}

interface Listener {
  userId: string;
  token: string;
  /** The address of the HTTP API. */
  api: string;
}

/** Connects clients, or waits until all of them together have received so many texts more. */
export type CrowdQuestion = { seats: Seat[] } | { texts: number };

export interface CrowdAnswer {
  /** The size of the last text that the first client received, in bytes. */
  size: number;
}

/** Clients that count what they receive. */
export function runCrowd(): void {
  let clients: CountingClient[] = [];
  let expected = 0;
  const count = () => clients.reduce((sum, { texts }) => sum + texts, 0);
  answerQuestions(async (question: CrowdQuestion): Promise<CrowdAnswer> => {
    if ('seats' in question) {
      clients = await Promise.all(question.seats.map(open));
      expected = count();
    } else {
      expected += question.texts;
      while (count() < expected) await pause(1);
    }
    return { size: clients[0]?.size ?? 0 };
  });
}

/** Connects a client. Resolves when whatever is sent to it from now on arrives. */
function open({ url, listener }: Seat): Promise<CountingClient> {
  return new Promise((resolve, reject) => {
    const client: CountingClient = new CountingClient(new URL(url), () => {
      if (listener) listen(client, listener).then(resolve, reject);
      else resolve(client);
    });
  });
}

/** Listens to a person's channel, as pusher-js does. */
async function listen(client: CountingClient, { userId, token, api }: Listener): Promise<CountingClient> {
  const { socket_id } = JSON.parse(JSON.parse(await client.next()).data);
  const channel = `private-messenger.user.${userId}`;
  const response = await fetch(`${api}/api/broadcasting/auth`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ socket_id, channel_name: channel }),
  });
  const { auth } = JSON.parse(await response.text());
  client.send(JSON.stringify({ event: 'pusher:subscribe', data: { channel, auth } }));
  const answer = await client.next();
  if (!answer.includes('subscription_succeeded')) throw new Error(answer);
  return client;
}
