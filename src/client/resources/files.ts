import { randomUUID } from 'node:crypto';
import type { MessageJson, NewFileBody } from '../../api/message.ts';
import type { Call } from '../transport.ts';

/** The kinds of files that can be sent, each with its path and its form field. */
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
    const fields: Pick<NewFileBody, 'temporary_id'> = { temporary_id: randomUUID() };
    for (const [field, value] of Object.entries(fields)) form.set(field, value);
    form.set(kind, new Blob([bytes]), name);
    return call<MessageJson>('POST', `threads/${thread}/${routes[kind]}`, form);
  },
});
