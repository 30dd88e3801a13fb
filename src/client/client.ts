import type { ConfigurationJson } from '../api/configuration.ts';
import { connectFiles } from './file-transfer.ts';
import { actions, bots, handlers, packages } from './resources/bots.ts';
import { failures } from './resources/failures.ts';
import { files } from './resources/files.ts';
import { messages } from './resources/messages.ts';
import { participants } from './resources/participants.ts';
import { reactions } from './resources/reactions.ts';
import { runs } from './resources/runs.ts';
import { threads } from './resources/threads.ts';

import { type ClientOptions, connectTransport } from './transport.ts';

/** The whole HTTP API for one person, with a group of functions for each resource. */
export type Client = ReturnType<typeof createClient>;

/**
 * A client of our own HTTP API. Every function rejects with an ApiError if the request does not succeed.
 *
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:4000', token });
 * await client.messages.send(thread.id, 'hi there');
 */
export function createClient(options: ClientOptions) {
  const call = connectTransport(options);
  return {
    options,
    actions: actions(call),
    bots: bots(call),
    failures: failures(call),
    /** The configuration of the daemon. */
    configuration: () => call<ConfigurationJson>('GET', ''),
    files: { ...files(call), ...connectFiles(options) },
    handlers: handlers(call),
    messages: messages(call),
    packages: packages(call),
    participants: participants(call),
    reactions: reactions(call),
    runs: runs(call),
    threads: threads(call),
  };
}
