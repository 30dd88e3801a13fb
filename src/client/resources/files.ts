import { randomUUID } from 'node:crypto';
import type { Call } from '../transport.ts';
import type { MessageJson } from '../types.ts';

/** The kinds of files that can be sent, each with its path and the field the API reads it from. */
const routes = {
  image: 'images',
  document: 'documents',
  audio: 'audio',
  video: 'videos',
} as const;

export type FileKind = keyof typeof routes;

/** Files of a thread. */
export const files = (call: Call) => ({
  upload: (thread: string, kind: FileKind, name: string, bytes: Uint8Array<ArrayBuffer>) => {
    const form = new FormData();
    form.set('temporary_id', randomUUID());
    form.set(kind, new Blob([bytes]), name);
    return call<MessageJson>('POST', `threads/${thread}/${routes[kind]}`, form);
  },
});
