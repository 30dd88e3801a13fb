import { ApiError } from './api-error.ts';
import type { ClientOptions } from './transport.ts';

/** How long a file may take, in milliseconds. */
const timeout = 60_000;

/** Files by their addresses, which need no login. */
export function connectFiles({ url }: Pick<ClientOptions, 'url'>) {
  const ask = async (method: 'GET' | 'HEAD', address: string): Promise<Response> => {
    const response = await fetch(new URL(address, url), {
      method,
      signal: AbortSignal.timeout(timeout),
    }).catch((cause: unknown) => {
      throw new ApiError(0, 'The daemon does not answer.', {}, { cause });
    });
    if (!response.ok) throw new ApiError(response.status, 'The file is not there any more.');
    return response;
  };
  return {
    /** The content of a file. */
    download: async (address: string) => new Uint8Array(await (await ask('GET', address)).arrayBuffer()),
    /** Its size in bytes. */
    size: async (address: string) => Number((await ask('HEAD', address)).headers.get('content-length') ?? 0),
  };
}
