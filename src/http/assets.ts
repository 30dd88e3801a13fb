import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createError } from '../base/errors.ts';
import { packageFile } from '../base/package-file.ts';
import { botAvatar } from '../domain/file-path.ts';
import { contentType } from './content-types.ts';
import { type HttpApp, pathIds } from './endpoint.ts';
import { type Picture, type Pictures, sizeOf } from './pictures.ts';
import { type AddressLimit, hiddenFromDocumentation } from './rate-limits.ts';
import { botParams } from './route-params.ts';

const prefix = '/messenger/assets';

/** A picture with its file. The file is streamed if there is no small copy. */
export interface PictureFile extends Picture {
  size: number;
  stream(): Promise<Readable>;
}

/** What is needed to serve pictures. */
export interface Gallery {
  pictures: Pictures;
  onRequest: AddressLimit;
}

/** Serves the pictures of bots and of packaged bots, which anybody may see. */
export function serveAssets(server: FastifyInstance, app: HttpApp, { pictures, onRequest }: Gallery): void {
  const serve = (path: string, find: (request: FastifyRequest) => Promise<PictureFile | undefined>) =>
    server.get(`${prefix}${path}`, { ...hiddenFromDocumentation, onRequest }, async (request, reply) =>
      answerPicture(reply, pictures, askedSize(request), await find(request)),
    );
  serve('/threads/:thread/bots/:bot/avatar/:size/:file', (request) => avatarOfBot(app, request));
  serve('/bot-package/:size/:alias', (request) => avatarOfPackage(app, request));
  serve('/bot-package/:size/:alias/:file', (request) => avatarOfPackage(app, request));
  serve('/provider/:alias/:id/:size/:file', async () => undefined);
}

/** @throws NOT_LOCATED for an unknown size */
export function askedSize(request: FastifyRequest): number | null {
  const size = sizeOf(pathIds(request).size ?? '');
  if (size === undefined) throw createError('NOT_LOCATED', 'image');
  return size;
}

/**
 * Sends a picture in a size. It may be cached for a day, since a name always stands for the same picture. A
 * picture that could not be scaled in time is sent as it is, and cached only briefly.
 *
 * @param found the picture to send; the default picture if undefined
 * @throws NOT_LOCATED
 */
export async function answerPicture(
  reply: FastifyReply,
  pictures: Pictures,
  size: number | null,
  found: PictureFile | undefined,
): Promise<FastifyReply> {
  const picture = found ?? (await fileOf(packageFile('assets/default.png')));
  if (picture === undefined) throw createError('NOT_LOCATED', 'image');
  const copy = await pictures.scaled(picture, size);
  reply
    .header('cache-control', `public, max-age=${copy === 'forNow' ? 10 : 86400}`)
    .type(contentType(picture.path));
  if (copy instanceof Uint8Array) return reply.send(Buffer.from(copy));
  return reply.header('content-length', picture.size).send(await picture.stream());
}

/**
 * Finds a picture in the storage. Returns undefined if there is none.
 *
 * @throws NOT_LOCATED if the file disappears while it is read
 */
export async function storedPicture(app: HttpApp, path: string): Promise<PictureFile | undefined> {
  const size = await app.files.size(path);
  if (size === undefined) return undefined;
  const there = <Content>(content: Content | undefined): Content => {
    if (content !== undefined) return content;
    throw createError('NOT_LOCATED', 'image');
  };
  return {
    path,
    key: path,
    size,
    read: async () => there(await app.files.read(path)),
    stream: async () => there(await app.files.stream(path)),
  };
}

/** A picture outside of the storage, whose content may change later. */
async function fileOf(path: string): Promise<PictureFile | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile() || found.size === 0) return undefined;
  return {
    path,
    key: `${path} ${found.size} ${found.mtimeMs}`,
    size: found.size,
    read: () => readFile(path),
    stream: async () => createReadStream(path, { end: found.size - 1 }),
  };
}

async function avatarOfBot(app: HttpApp, request: FastifyRequest): Promise<PictureFile | undefined> {
  const ids = pathIds(request);
  const { thread, bot } = await botParams(app, ids);
  if (bot.avatar === null || bot.avatar !== ids.file) return undefined;
  return storedPicture(app, botAvatar(thread.id, bot.id, bot.avatar));
}

/** The picture of a packaged bot belongs to its author, who may have moved it. */
async function avatarOfPackage(app: HttpApp, request: FastifyRequest): Promise<PictureFile | undefined> {
  const { alias } = pathIds(request);
  await app.catalogue.whenKnown([alias ?? '']);
  const path = app.catalogue.packages().find((one) => one.alias === alias)?.avatar ?? null;
  return path === null ? undefined : fileOf(path);
}
