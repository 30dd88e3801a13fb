import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createError } from '../base/errors.ts';
import { type FileKind, kindOfMessage } from '../domain/file-kind.ts';
import { messageFile, threadAvatar } from '../domain/file-path.ts';
import { answerPicture, askedSize, type Gallery, storedPicture } from './assets.ts';
import { askedRange } from './byte-range.ts';
import { contentType } from './content-types.ts';
import { messageParams } from './conversation-params.ts';
import { type HttpApp, type PathIds, pathIds } from './endpoint.ts';
import { assetFolders } from './presenters/message.ts';
import { hiddenFromDocumentation } from './rate-limits.ts';
import { threadParams } from './route-params.ts';

const prefix = '/messenger/assets/threads/:thread';

/** Prevents browsers from running anything in a file that they show. */
const sandboxed = "default-src 'none'; sandbox";

/** Serves the files of messages and the pictures of groups to anyone who has the address. */
export function serveMessageAssets(
  server: FastifyInstance,
  app: HttpApp,
  { pictures, onRequest }: Gallery,
): void {
  const hidden = { ...hiddenFromDocumentation, onRequest };
  const servePictures = (path: string, find: (app: HttpApp, ids: PathIds) => Promise<string | undefined>) =>
    server.get(`${prefix}${path}`, hidden, async (request, reply) => {
      const size = askedSize(request);
      const found = await find(app, pathIds(request));
      reply.header('content-security-policy', sandboxed);
      return answerPicture(
        reply,
        pictures,
        size,
        found === undefined ? undefined : await storedPicture(app, found),
      );
    });
  servePictures('/avatar/:size/:file', avatarPath);
  servePictures('/gallery/:message/:size/:file', (_, ids) => messagePath(app, ids, 'image'));
  for (const kind of ['document', 'audio', 'video'] as const) {
    server.get(`${prefix}/${assetFolders[kind]}/:message/:file`, hidden, (request, reply) =>
      answerFile(app, request, reply, kind),
    );
  }
}

async function avatarPath(app: HttpApp, ids: PathIds): Promise<string | undefined> {
  const { thread } = await threadParams(app, ids);
  return thread.avatar !== null && thread.avatar === ids.file
    ? threadAvatar(thread.id, thread.avatar)
    : undefined;
}

/** The path of a message's file. Undefined if the kind or the name is wrong. */
async function messagePath(app: HttpApp, ids: PathIds, kind: FileKind): Promise<string | undefined> {
  const { thread, message } = await messageParams(app, ids);
  const isMeant = kindOfMessage(message.type) === kind && message.body === ids.file;
  return isMeant ? messageFile(thread.id, kind, message.body) : undefined;
}

/** @throws NOT_LOCATED if there is no such file */
async function answerFile(
  app: HttpApp,
  request: FastifyRequest,
  reply: FastifyReply,
  kind: FileKind,
): Promise<FastifyReply> {
  const ids = pathIds(request);
  const path = await messagePath(app, ids, kind);
  const size = path === undefined ? undefined : await app.files.size(path);
  if (path === undefined || size === undefined) throw createError('NOT_LOCATED', 'message');
  const isShown = Reflect.get(Object(request.query), 'stream') === 'true';
  reply
    .header('cache-control', 'public, max-age=86400')
    .header('content-security-policy', sandboxed)
    .header('accept-ranges', 'bytes')
    .header('content-disposition', `${isShown ? 'inline' : 'attachment'}; filename="${ids.file}"`)
    .type(contentType(path));
  const range = askedRange(request.headers.range, size);
  if (range === 'nothing') return reply.code(416).header('content-range', `bytes */${size}`).send();
  if (range === 'all') return reply.header('content-length', size).send(await app.files.stream(path));
  const { start, end } = range;
  return reply
    .code(206)
    .header('content-range', `bytes ${start}-${end}/${size}`)
    .header('content-length', end - start + 1)
    .send(await app.files.stream(path, range));
}
