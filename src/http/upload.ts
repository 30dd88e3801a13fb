import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { type FieldErrors, MessengerError, sentenceOf } from '../base/errors.ts';
import type { FileKind } from '../domain/file-kind.ts';
import { isRecord } from '../domain/validation/coerce.ts';
import { isMissing } from '../domain/validation/validate.ts';
import type { Services } from '../services/context.ts';
import { judgeFile } from '../services/judge-file.ts';
import { trimmed, UnreadableBody } from './body.ts';
import { nestedFields } from './forms.ts';

/** What an endpoint takes as its file. */
export interface FileRule {
  field: string;
  kind: FileKind;
  /** Kilobytes. */
  limit: number;
  /** The endings it may have. */
  types: readonly string[];
}

/** What a picture of a group or a bot may be. */
export const avatarRule = ({ avatarLimit, avatarTypes }: Services['settings']): FileRule => ({
  field: 'image',
  kind: 'image',
  limit: avatarLimit,
  types: avatarTypes,
});

/** A file that was sent and passed its checks. */
export interface UploadedFile {
  /** As the client calls it: not to be trusted. */
  name: string;
  bytes: Uint8Array;
  /** The ending that its content has. */
  extension: string;
}

/** What a request brought: its fields, and its file if that came as one. */
export interface Upload {
  fields: Record<string, unknown>;
  file: ReceivedFile | undefined;
}

interface ReceivedFile {
  name: string;
  bytes: Uint8Array;
  /** It went on beyond the limit, and was read no further. */
  isCut: boolean;
}

/** More than any form of the contract has. Of several files under one name the last counts, as in the original. */
const partLimits = { files: 20, fields: 200, parts: 220, fieldSize: 256 * 1024, headerPairs: 50 };

/** For endpoints that take no file: there the fields of a multipart body are a form like any other. */
const noRule = { field: '', limit: 1 };

/**
 * What a request brought, whatever form its body has. A field that only the query has counts too, as in the original.
 *
 * @throws UnreadableBody
 */
export async function readInput(request: FastifyRequest): Promise<unknown> {
  const body = request.isMultipart() ? (await readUpload(request, noRule)).fields : request.body;
  return isRecord(body) && isRecord(request.query)
    ? { ...nestedFields(Object.entries(request.query)), ...body }
    : body;
}

/**
 * Reads a multipart body as it comes: never more of its file than the limit. Any other body has fields alone.
 *
 * @throws UnreadableBody
 */
export async function readUpload(
  request: FastifyRequest,
  rule: Pick<FileRule, 'field' | 'limit'>,
): Promise<Upload> {
  if (!request.isMultipart()) return { fields: asFields(request.body), file: undefined };
  try {
    return await readParts(request, rule);
  } catch (error) {
    // Limits have a status of their own; whatever else the parser finds is wrong with the body.
    if (error instanceof Error && 'statusCode' in error) throw error;
    throw new UnreadableBody(`The multipart body cannot be read: ${sentenceOf(error)}.`);
  }
}

async function readParts(
  request: FastifyRequest,
  { field, limit }: Pick<FileRule, 'field' | 'limit'>,
): Promise<Upload> {
  const fields: Array<[string, unknown]> = [];
  let file: ReceivedFile | undefined;
  const limits = { ...partLimits, fileSize: limit * 1024 };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') fields.push([part.fieldname, trimmed(part.value)]);
    else if (part.fieldname === field) file = await receive(part);
    else part.file.resume();
    if (file?.isCut) break;
  }
  return { fields: nestedFields(fields), file };
}

const asFields = (body: unknown): Record<string, unknown> =>
  typeof body === 'object' && body !== null ? { ...body } : {};

async function receive({ file, filename }: MultipartFile): Promise<ReceivedFile> {
  const chunks: Buffer[] = [];
  for await (const chunk of file) chunks.push(chunk);
  return { name: filename, bytes: Buffer.concat(chunks), isCut: file.truncated };
}

/** Checks the file of a request, with sentences like the original's. */
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
    const extension = await judgeFile(kind, file.name, file.bytes, limit, types);
    return { file: { name: file.name, bytes: file.bytes, extension } };
  } catch (error) {
    if (!(error instanceof MessengerError)) throw error;
    return error.code === 'FILE_TOO_LARGE' ? tooLarge : { errors: { [field]: [wrongType] } };
  }
}
