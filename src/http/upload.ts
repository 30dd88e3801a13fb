import type { IncomingMessage } from 'node:http';
import type { Multipart, MultipartFile, MultipartValue } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { trimmed, UnreadableBody } from '../api/json-body.ts';
import { createError, type FieldErrors, MessengerError, messageOf } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import type { Settings } from '../config/settings.ts';
import { isTooDeep } from '../domain/depth.ts';
import type { FileKind } from '../domain/file-kind.ts';
import { isMissing } from '../domain/validation/validate.ts';
import { validateUpload } from '../services/files/validate-upload.ts';
import { trimmedForm } from './body.ts';
import { stopReading } from './closing.ts';
import { maxFields, nestedFields } from './forms.ts';

/** The file that an endpoint accepts. */
export interface FileRule {
  field: string;
  kind: FileKind;
  /** Kilobytes. */
  limit: number;
  /** The allowed extensions. */
  types: readonly string[];
}

/** The rule for pictures of groups and bots. */
export const avatarRule = ({ avatarLimit, avatarTypes }: Settings): FileRule => ({
  field: 'image',
  kind: 'image',
  limit: avatarLimit,
  types: avatarTypes,
});

/** A file that was sent and passed its checks. */
export interface UploadedFile {
  /** The name that the client chose. Do not trust it. */
  name: string;
  bytes: Uint8Array;
  /** The extension that matches its content. */
  extension: string;
}

/** The fields of a request, and its file, if one was sent. */
export interface Upload {
  fields: Record<string, unknown>;
  file: ReceivedFile | undefined;
}

interface ReceivedFile {
  name: string;
  bytes: Uint8Array;
  /** Whether the file exceeded the limit, so that the rest was not read. */
  isCut: boolean;
}

/** More than any form has. If several files share a name, the last one counts, as in the original. */
const partLimits = { files: 20, fields: maxFields, parts: maxFields + 20, headerPairs: 50 };

/** For endpoints without a file. They treat the fields of a multipart body like any other form. */
const noRule = { field: undefined, limit: 0 };

/** The file that is read. Without a field, no file is. */
interface FilePlace {
  field: string | undefined;
  /** Kilobytes. */
  limit: number;
}

/**
 * The bytes of a body that may have arrived without being split into parts yet. Data on the way from the
 * socket to the parser cannot be attributed to either.
 */
const underWay = 256 * 1024;

/**
 * Reads the fields of a request, whatever the type of its body. As in the original, a field that only the
 * query has counts too.
 *
 * @param bodyLimit kilobytes
 * @throws UnreadableBody, BODY_TOO_LARGE, BODY_IN_TOO_MANY_PARTS
 */
export async function readInput(request: FastifyRequest, bodyLimit: number): Promise<unknown> {
  const body = request.isMultipart() ? (await readUpload(request, noRule, bodyLimit)).fields : request.body;
  return isRecord(body) && isRecord(request.query)
    ? {
        ...nestedFields(Object.entries(request.query).map(([name, value]) => [name, trimmed(value)])),
        ...body,
      }
    : body;
}

/**
 * Reads a multipart body as it arrives. It never reads more of the file than the limit, or more of the rest
 * than a body may have. Any other body has only fields.
 *
 * @param bodyLimit kilobytes of everything except the file
 * @throws UnreadableBody, BODY_TOO_LARGE, BODY_IN_TOO_MANY_PARTS
 */
export async function readUpload(
  request: FastifyRequest,
  place: FilePlace,
  bodyLimit: number,
): Promise<Upload> {
  if (!request.isMultipart()) return { fields: asFields(request.body), file: undefined };
  if (request.raw.destroyed) throw new UnreadableBody('The connection was closed before the body arrived.');
  try {
    return await readParts(request, place, bodyLimit);
  } catch (error) {
    if (isPartsLimit(error)) throw createError('BODY_IN_TOO_MANY_PARTS', maxFields);
    // Limits have their own status. Any other error of the parser means that the body is invalid.
    if (error instanceof MessengerError || (error instanceof Error && 'statusCode' in error)) throw error;
    throw new UnreadableBody(`The multipart body cannot be read: ${messageOf(error)}.`);
  }
}

const isPartsLimit = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['FST_PARTS_LIMIT', 'FST_FILES_LIMIT', 'FST_FIELDS_LIMIT'].includes(String(error.code));

async function readParts(request: FastifyRequest, place: FilePlace, bodyLimit: number): Promise<Upload> {
  const maxBytes = bodyLimit * 1024;
  if (place.field === undefined && Number(request.headers['content-length']) > maxBytes) {
    throw createError('BODY_TOO_LARGE', bodyLimit);
  }
  const files: Streamed[] = [];
  const { excess, stop } = watchSize(request.raw, (received) => {
    return received - bytesOf(files) > maxBytes + (place.field === undefined ? 0 : underWay);
  });
  const limits = { ...partLimits, fieldSize: maxBytes + 1, fileSize: place.limit * 1024 };
  try {
    const upload = await Promise.race([collect(request.parts({ limits }), place, maxBytes, files), excess]);
    if (upload.file?.isCut) stopReading(request.raw);
    return upload;
  } catch (error) {
    stopReading(request.raw);
    throw error === tooLarge ? createError('BODY_TOO_LARGE', bodyLimit) : error;
  } finally {
    stop();
  }
}

/** Thrown internally, where the message with the limit cannot be built. */
const tooLarge = new Error('The body is too large.');

type Streamed = MultipartFile['file'];

const bytesOf = (files: readonly Streamed[]): number =>
  files.reduce((sum, { bytesRead }) => sum + bytesRead, 0);

/** Sorts the parts of a body as they arrive. */
async function collect(
  parts: AsyncIterable<Multipart>,
  { field, limit }: FilePlace,
  maxBytes: number,
  files: Streamed[],
): Promise<Upload> {
  const fields: Array<[string, unknown]> = [];
  let file: ReceivedFile | undefined;
  let size = 0;
  for await (const part of parts) {
    if (part.type === 'field') {
      size += sizeOfField(part);
      if (size > maxBytes) throw tooLarge;
      fields.push([part.fieldname, fieldValue(part.value)]);
    } else if (part.fieldname === field) {
      files.push(part.file);
      const received = await receive(part);
      file = { ...received, isCut: received.isCut || bytesOf(files) > limit * 1024 };
    } else part.file.resume();
    if (file?.isCut) break;
  }
  return { fields: nestedFields(fields), file };
}

const sizeOfField = ({ fieldname, value }: MultipartValue): number =>
  String(fieldname).length + (typeof value === 'string' ? Buffer.byteLength(value) : 0);

/** A field whose type is JSON was already parsed. */
function fieldValue(value: unknown): unknown {
  if (isTooDeep(value)) throw new UnreadableBody('The body is nested too deeply.');
  return trimmedForm(value);
}

/** Rejects as soon as too much of a body has arrived, and stops reading. */
function watchSize(raw: IncomingMessage, isBeyond: (received: number) => boolean) {
  let stop = () => {};
  const excess = new Promise<never>((_, reject) => {
    let received = 0;
    const count = (chunk: Buffer) => {
      received += chunk.length;
      if (!isBeyond(received)) return;
      stopReading(raw);
      reject(tooLarge);
    };
    raw.on('data', count);
    stop = () => raw.off('data', count);
  });
  return { excess, stop: () => stop() };
}

const asFields = (body: unknown): Record<string, unknown> =>
  typeof body === 'object' && body !== null ? { ...body } : {};

/** Reads a file up to its end or its limit. */
function receive({ file, filename }: MultipartFile): Promise<ReceivedFile> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const end = (isCut: boolean) =>
      resolve({
        name: filename.toWellFormed(),
        bytes: isCut ? new Uint8Array() : Buffer.concat(chunks),
        isCut,
      });
    file
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .once('limit', () => end(true))
      .once('end', () => end(file.truncated))
      .once('error', reject)
      .once('close', () => reject(new UnreadableBody('The connection was closed before the file arrived.')));
    if (file.truncated) end(true);
  });
}

/** Checks the file of a request. The messages are like those of the original. */
export async function checkFile(
  { field, kind, limit, types }: FileRule,
  { fields, file }: Upload,
): Promise<{ file: UploadedFile } | { errors: FieldErrors }> {
  const name = `The ${field} field`;
  const wrongType = `${name} must be a file of type: ${types.join(', ')}.`;
  if (file === undefined) {
    if (isMissing(fields[field])) return { errors: { [field]: [`${name} is required.`] } };
    return { errors: { [field]: [`${name} must be a file.`, wrongType] } };
  }
  const tooLarge = { errors: { [field]: [`${name} must not be greater than ${limit} kilobytes.`] } };
  if (file.isCut) return tooLarge;
  try {
    const extension = await validateUpload(kind, file.name, file.bytes, limit, types);
    return { file: { name: file.name, bytes: file.bytes, extension } };
  } catch (error) {
    if (!(error instanceof MessengerError)) throw error;
    return error.code === 'FILE_TOO_LARGE' ? tooLarge : { errors: { [field]: [wrongType] } };
  }
}
