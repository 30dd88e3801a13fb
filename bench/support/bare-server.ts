import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import { textFrame } from '../../src/http/realtime/batch.ts';
import { answerQuestions } from './part.ts';

/** Sends texts of this size to everybody, one after the other, for so many milliseconds. */
export interface BareQuestion {
  size: number;
  milliseconds: number;
}

export interface BareAnswer {
  /** Where clients connect. */
  url: string;
  /** How many texts it sent to each. */
  texts: number;
}

/** How many bytes may wait for the slowest client before the server waits for it. */
const maxWaiting = 262_144;

/** The least that sending to many costs: `ws` alone, with a message that is made once. */
export async function runBareServer(): Promise<void> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sockets = new Set<Socket>();
  server.on('connection', (_, { socket }) => sockets.add(socket));
  const isBehind = () => [...sockets].some(({ writableLength }) => writableLength > maxWaiting);
  answerQuestions(async ({ size, milliseconds }: BareQuestion): Promise<BareAnswer> => {
    const frame = textFrame('x'.repeat(size));
    const end = performance.now() + milliseconds;
    let texts = 0;
    while (performance.now() < end) {
      for (const socket of sockets) socket.write(frame);
      texts += 1;
      await turn();
      while (isBehind()) await pause(1);
    }
    return { url: `ws://127.0.0.1:${port}`, texts };
  });
}
