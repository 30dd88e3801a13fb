import { type ClientRequest, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { asError } from '../../base/errors.ts';
import type { HttpRequest } from '../../domain/outside.ts';
import { asked, type Within } from './within.ts';

/** How an agent of `node:http` gets a request a connection. The documentation does not mention it. */
export type AddRequest = (this: unknown, request: ClientRequest, ...more: unknown[]) => void;

/**
 * Like a given `addRequest`, but in a run that meets something else than the network, the connection is one in memory
 * to a server that has its requests answered by that.
 */
export const divertedAgent = (original: AddRequest): AddRequest =>
  function addRequest(request, ...more) {
    const ask = asked();
    if (ask === undefined) return original.call(this, request, ...more);
    const [client, served] = duplexPair();
    const server = createServer((incoming, outgoing) => {
      answer({ incoming, outgoing, protocol: request.protocol, ask }).catch((error) =>
        client.destroy(asError(error)),
      );
    });
    server.emit('connection', asConnection(served));
    Reflect.apply(request.onSocket, request, [asConnection(client)]);
  };

interface Exchange {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  protocol: string;
  ask: Within['ask'];
}

async function answer({ incoming, outgoing, protocol, ask }: Exchange): Promise<void> {
  const { status, headers, body } = await ask(await plainRequest(incoming, protocol));
  // The next request may belong to another run.
  outgoing.writeHead(status, { ...headers, connection: 'close' }).end(body);
}

async function plainRequest(incoming: IncomingMessage, protocol: string): Promise<HttpRequest> {
  const { method = 'GET', url = '/', headers } = incoming;
  const body = new Uint8Array(await buffer(incoming));
  return {
    method,
    url: `${protocol}//${headers.host}${url}`,
    headers: Object.fromEntries(
      Object.entries(headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, String(value)]],
      ),
    ),
    body: body.length > 0 ? body : null,
    redirect: 'manual',
  };
}

/** What requests do with a connection beside reading and writing. None of it means anything in memory. */
function asConnection(stream: Duplex): Duplex {
  const nothing = () => stream;
  return Object.assign(stream, {
    setTimeout: nothing,
    setNoDelay: nothing,
    setKeepAlive: nothing,
    ref: nothing,
    unref: nothing,
  });
}
