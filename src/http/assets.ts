import { readFile } from 'node:fs/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { failure } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import { botAvatar } from '../domain/file-path.ts';
import { type HttpApp, pathIds } from './endpoint.ts';
import { Pictures, sizeOf } from './pictures.ts';
import { atBot } from './places.ts';

const prefix = '/messenger/assets';

const contentTypes: Readonly<Record<string, string>> = {
  bmp: 'image/bmp',
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  png: 'image/png',
  svg: 'image/svg+xml',
  webp: 'image/webp',
};

/** A picture: where it is, which says its format, and what it holds. */
interface Picture {
  path: string;
  bytes: Uint8Array;
}

/** Serves the pictures of bots and of packaged bots: anybody may see them. */
export function serveAssets(server: FastifyInstance, app: HttpApp): void {
  const pictures = new Pictures();
  const serve = (path: string, find: (request: FastifyRequest) => Promise<Picture | undefined>) =>
    server.get(`${prefix}${path}`, { schema: { hide: true } }, async (request, reply) => {
      const size = askedSize(request);
      const picture = (await find(request)) ?? (await defaultPicture());
      return answerPicture(reply, picture.path, await pictures.scaled(picture.path, picture.bytes, size));
    });
  serve('/threads/:thread/bots/:bot/avatar/:size/:file', (request) => avatarOfBot(app, request));
  serve('/bot-package/:size/:alias', (request) => avatarOfPackage(app, request));
  serve('/bot-package/:size/:alias/:file', (request) => avatarOfPackage(app, request));
  serve('/provider/:alias/:id/:size/:file', async () => undefined);
}

/** @throws NOT_LOCATED */
function askedSize(request: FastifyRequest): number | null {
  const size = sizeOf(pathIds(request).size ?? '');
  if (size === undefined) throw failure('NOT_LOCATED', 'image');
  return size;
}

/** Answers a picture, to be kept for a day: it never changes under its name. */
export function answerPicture(reply: FastifyReply, path: string, bytes: Uint8Array): FastifyReply {
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
  return reply
    .header('cache-control', 'public, max-age=86400')
    .type(contentTypes[extension] ?? 'application/octet-stream')
    .send(Buffer.from(bytes));
}

/** What stands for a picture that is not there. */
export async function defaultPicture(): Promise<Picture> {
  const path = packageFile('assets/default.png');
  return { path, bytes: await readFile(path) };
}

async function avatarOfBot(app: HttpApp, request: FastifyRequest): Promise<Picture | undefined> {
  const ids = pathIds(request);
  const { thread, bot } = await atBot(app, ids);
  if (bot.avatar === null || bot.avatar !== ids.file) return undefined;
  const path = botAvatar(thread.id, bot.id, bot.avatar);
  const bytes = await app.files.read(path);
  return bytes && { path, bytes };
}

/** A packaged bot's picture belongs to its author, who may have moved it meanwhile. */
async function avatarOfPackage(app: HttpApp, request: FastifyRequest): Promise<Picture | undefined> {
  const { alias } = pathIds(request);
  const path = app.catalogue.packages().find((one) => one.alias === alias)?.avatar ?? null;
  if (path === null) return undefined;
  const bytes = await readFile(path).catch(() => undefined);
  return bytes && { path, bytes };
}
