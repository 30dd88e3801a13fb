import { subscribe } from 'node:diagnostics_channel';
import { type ActiveHandler, activeHandler } from '../authoring/active-handler.ts';
import { messageOf } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import { within } from './outside/within.ts';

/** Requests under way, and the handler that each belongs to. */
const pending = new WeakMap<object, { handler: ActiveHandler; begunAt: number }>();

let isWatching = false;

/**
 * Reports the HTTP requests of handlers from now on, made with `fetch` or `node:http`, by the diagnostics channels of
 * Node. Nothing is replaced. Those that the daemon answers are not seen here.
 */
export function watchHttp(): void {
  if (isWatching) return;
  isWatching = true;
  subscribe('undici:request:create', (message) => begin(requestOf(message)));
  subscribe('undici:request:headers', (message) => end(message, undiciCall));
  subscribe('undici:request:error', (message) => end(message, undiciCall));
  subscribe('http.client.request.start', (message) => begin(requestOf(message)));
  subscribe('http.client.response.finish', (message) => end(message, nodeCall));
  subscribe('http.client.request.error', (message) => end(message, nodeCall));
}

const requestOf = (message: unknown): object => {
  const request = isRecord(message) ? message.request : undefined;
  return typeof request === 'object' && request !== null ? request : {};
};

function begin(request: object): void {
  const handler = activeHandler.getStore();
  if (handler === undefined || within.getStore()?.network !== undefined) return;
  pending.set(request, { handler, begunAt: performance.now() });
}

function end(message: unknown, call: (message: unknown) => { method: string; url: string }): void {
  const request = requestOf(message);
  const begun = pending.get(request);
  if (begun === undefined) return;
  pending.delete(request);
  const error = isRecord(message) && message.error !== undefined ? messageOf(message.error) : null;
  const milliseconds = Math.round(performance.now() - begun.begunAt);
  begun.handler.sentHttp({ ...call(message), status: statusOf(message), error, milliseconds });
}

const text = (value: unknown): string => (value === undefined || value === null ? '' : String(value));

function undiciCall(message: unknown): { method: string; url: string } {
  const { origin, path, method } = partsOf(requestOf(message));
  return { method: text(method) || 'GET', url: `${text(origin)}${text(path)}` };
}

const partsOf = (request: object): Record<'origin' | 'path' | 'method', unknown> => ({
  origin: Reflect.get(request, 'origin'),
  path: Reflect.get(request, 'path'),
  method: Reflect.get(request, 'method'),
});

function nodeCall(message: unknown): { method: string; url: string } {
  const request = requestOf(message);
  const { path, method } = partsOf(request);
  const [protocol, host] = [Reflect.get(request, 'protocol'), Reflect.get(request, 'host')];
  const header: unknown = Reflect.get(request, 'getHeader')?.call(request, 'host');
  return {
    method: text(method) || 'GET',
    url: `${text(protocol)}//${text(header) || text(host)}${text(path)}`,
  };
}

function statusOf(message: unknown): number | null {
  const response = isRecord(message) ? message.response : undefined;
  if (typeof response !== 'object' || response === null) return null;
  const status: unknown = Reflect.get(response, 'statusCode');
  return typeof status === 'number' ? status : null;
}
