import type { HttpAnswer, HttpRequest } from '../../domain/outside.ts';
import { asked, type Within } from './within.ts';

/** Statuses whose responses have no body. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** Like a given `fetch`, but in a run that meets something else than the network, requests are answered by that. */
export const divertedFetch =
  (original: typeof fetch): typeof fetch =>
  async (input, init) => {
    const ask = asked();
    if (ask === undefined) return original(input, init);
    const request = new Request(input, init);
    return /^https?:/.test(request.url) ? answer(request, ask) : original(request);
  };

async function answer(request: Request, ask: Within['ask']): Promise<Response> {
  const { url, signal } = request;
  signal.throwIfAborted();
  const answered = await unlessAborted(signal, ask(await plainRequest(request)));
  const body = bodiless.has(answered.status) ? null : bytesOf(answered);
  return Object.defineProperty(new Response(body, answered), 'url', { value: url });
}

const bytesOf = ({ body }: HttpAnswer): Uint8Array<ArrayBuffer> => new Uint8Array(body);

const plainRequest = async (request: Request): Promise<HttpRequest> => ({
  method: request.method,
  url: request.url,
  headers: Object.fromEntries(request.headers),
  body: request.body === null ? null : new Uint8Array(await request.arrayBuffer()),
  redirect: request.redirect,
});

function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort);
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
