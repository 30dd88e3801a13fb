import { messageSchema, newFileBody } from '../../api/message.ts';
import type { FileKind } from '../../domain/file-kind.ts';
import { messageView } from '../../services/messages/message-views.ts';
import { sendFile } from '../../services/messages/send-file.ts';
import { type Endpoint, endpoint, type HttpApp } from '../endpoint.ts';
import { presentMessage } from '../presenters/message.ts';
import { threadParams } from '../route-params.ts';
import { sendingOf } from '../sending.ts';

/** The paths for files of each kind. */
const folders: ReadonlyArray<readonly [folder: string, kind: FileKind, summary: string]> = [
  ['images', 'image', 'Send an image'],
  ['documents', 'document', 'Send a document'],
  ['audio', 'audio', 'Send an audio file'],
  ['videos', 'video', 'Send a video'],
];

/** Files that are sent into a thread. */
export function fileEndpoints(app: HttpApp): Endpoint[] {
  const { settings } = app;
  return folders.map(([folder, kind, summary]) =>
    endpoint({
      method: 'POST',
      path: `/threads/:thread/${folder}`,
      summary,
      place: threadParams,
      body: newFileBody({ extra: () => settings().limits.extra }),
      file: () => ({
        field: kind,
        kind,
        limit: settings().uploadLimits[kind],
        types: settings().uploadTypes[kind],
      }),
      limit: 'attachment',
      status: 201,
      answer: messageSchema,
      async handle({ user, place: { thread }, body, file, request }) {
        const sending = sendingOf(body);
        const outgoing = { ...sending, ...file, kind, senderIp: request.ip };
        const stored = await sendFile(app, { thread, sender: user, file: outgoing });
        return presentMessage(await messageView(app.store, thread, stored), sending);
      },
    }),
  );
}
