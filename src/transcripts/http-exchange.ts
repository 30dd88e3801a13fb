import type { Exchange } from '../services/outside/record-network.ts';
import { quotedText, yamlText } from './yaml-text.ts';

/** An HTTP request and its answer, or why there was none, as they are kept. */
export interface HttpExchange {
  /** The method and the URL, with secrets hidden. */
  request: string;
  /** Why there was no answer. Everything below is of an answer. */
  failure?: string | undefined;
  status?: number | undefined;
  headers?: Record<string, string> | undefined;
  text?: string | undefined;
  /** A body that is no text. */
  base64?: string | undefined;
}

/** The headers of answers that are kept: what handlers read of an answer. Cookies and the like are not. */
const keptHeaders: readonly string[] = ['content-type', 'location'];

/** A request and its answer without secrets. Nothing is kept of the request but its method and URL. */
export function keptExchange(exchange: Exchange, hide: (value: unknown) => unknown): HttpExchange {
  const { method, url } = exchange.request;
  const request = `${method} ${hide(url)}`;
  if ('failure' in exchange) return { request, failure: String(hide(exchange.failure)) };
  const { answer } = exchange;
  const text = textOf(answer.body);
  const headers = Object.entries(answer.headers).filter(([name]) => keptHeaders.includes(name));
  return {
    request,
    status: answer.status,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(hide(value))])),
    ...(text === undefined
      ? { base64: Buffer.from(answer.body).toString('base64') }
      : { text: String(hide(text)) }),
  };
}

/** A body as text; undefined if it is none. */
function textOf(body: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Writes exchanges as YAML. */
export const writeExchanges = (exchanges: readonly HttpExchange[]): string =>
  `# What handlers asked the network for, and what it answered.\n${exchanges.map(writeExchange).join('')}`;

function writeExchange({ request, failure, status, headers = {}, text, base64 }: HttpExchange): string {
  const head = `- request: ${yamlText(request, 4)}\n`;
  if (failure !== undefined) return `${head}  failure: ${quotedText(failure)}\n`;
  const names = Object.entries(headers).map(([name, value]) => `    ${name}: ${quotedText(value)}\n`);
  const body = text === undefined ? `base64: ${quotedText(base64 ?? '')}` : `text: ${yamlText(text, 4)}`;
  return `${head}  status: ${status}\n${names.length > 0 ? `  headers:\n${names.join('')}` : ''}  ${body}\n`;
}
