import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type FieldErrors, invalidInput } from '../base/errors.ts';
import type { User } from '../domain/user.ts';
import type { Context } from '../services/context.ts';
import { checkedBody, checkFields } from './body.ts';
import type { Limit } from './rate-limits.ts';
import { checkFile, type FileRule, readInput, readUpload, type Upload, type UploadedFile } from './upload.ts';

/** What endpoints work with. */
export type HttpApp = Context;

/** The ids in a path, by name: `{ thread, bot }` for `/threads/:thread/bots/:bot`. */
export type PathIds = Readonly<Record<string, string>>;

/** A request whose sender is known and whose path exists. */
interface Call<Place> {
  user: User;
  /** What the path stands for. */
  place: Place;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A request whose body has passed its checks too. */
interface CheckedCall<Place, Body> extends Call<Place> {
  body: Body;
  /** The body before any check. Undefined if there is a file. */
  input: unknown;
  /** Empty if the endpoint takes none. */
  file: UploadedFile;
}

/** A function if it depends on the configuration: a later change applies from the next request on. */
type Current<Value extends object> = Value | (() => Value);

const current = <Value extends object>(value: Current<Value>): Value =>
  typeof value === 'function' ? value() : value;

/** What an endpoint answers. A stream is sent as it arrives. */
type Answered<Answer extends z.ZodType> = z.output<Answer> | Readable;

/**
 * An endpoint, in the order of its checks: the sender (401), the path (404), any permission needed before the
 * body (403), the body (422), and the rest, which the use case checks.
 */
interface Definition<Place, Shape extends z.ZodRawShape, Answer extends z.ZodType = z.ZodType> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/messenger`. */
  path: string;
  /** A short description for the documentation. */
  summary: string;
  /** Turns the ids of the path into what they stand for. */
  place: (app: HttpApp, ids: PathIds) => Promise<Place> | Place;
  /** Only for a permission that is checked before the body. */
  guard?: (call: Call<Place>) => Promise<unknown>;
  body?: Current<z.ZodObject<Shape>>;
  /** The documented body, if the use case checks more than `body` does. */
  described?: z.ZodType;
  /** The file of a multipart body. The configuration decides what may be sent. */
  file?: () => FileRule;
  /** Applies besides the limit on all requests. */
  limit?: Limit;
  /** For a POST that stores nothing. It may be repeated, with or without an `Idempotency-Key`. */
  storesNothing?: true;
  /** Defaults to 200. With 204, the answer is empty. */
  status?: 200 | 201 | 204;
  answer?: Answer;
  handle: (
    call: CheckedCall<Place, z.output<z.ZodObject<Shape>>>,
  ) => Answered<Answer> | Promise<Answered<Answer>>;
}

/** An endpoint as the server takes it. Its types are resolved inside. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  limit: Limit | undefined;
  /** Uploads are large, so only a few are read at a time. */
  takesFile: boolean;
  /** Whether it is done only once for each `Idempotency-Key`. */
  takesKey: boolean;
  status: number;
  schema: EndpointSchema;
  open: (app: HttpApp, user: User, request: FastifyRequest, reply: FastifyReply) => OpenRequest;
}

/** A request that an endpoint is processing. */
export interface OpenRequest {
  /** Reads the body. Every call returns the same result. */
  read(): Promise<Received>;
  /** Runs all checks that come before the use case. */
  prepare(): Promise<() => unknown>;
}

/** The body of a request before any check. */
export interface Received {
  input: unknown;
  /** Only if the endpoint takes a file. */
  upload: Upload | undefined;
}

/** What the documentation shows about an endpoint. */
interface EndpointSchema {
  summary: string;
  tags?: string[];
  params?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  consumes?: string[];
  response: Record<number, z.ZodType>;
}

/** Defines an endpoint. The top of `routes/bots.ts` explains how. */
export function endpoint<
  Place,
  Shape extends z.ZodRawShape = Record<never, never>,
  Answer extends z.ZodType = z.ZodType,
>(definition: Definition<Place, Shape, Answer>): Endpoint {
  const { method, path, limit, place, guard, storesNothing = false, status = 200, handle } = definition;
  return {
    method,
    path,
    limit,
    takesFile: definition.file !== undefined,
    takesKey: method === 'POST' && !storesNothing,
    status,
    schema: describeEndpoint(definition, status),
    open(app, user, request, reply) {
      let received: Promise<Received> | undefined;
      const read = () => {
        received ??= receive(definition, request, app.settings().http.limits.body);
        return received;
      };
      const prepare = async () => {
        const call = { user, place: await place(app, pathIds(request)), request, reply };
        await guard?.(call);
        const checked = await check(definition, await read());
        return () => handle({ ...call, ...checked });
      };
      return { read, prepare };
    },
  };
}

/** Puts endpoints into a group of the documentation. */
export const tagged = (tag: string, endpoints: readonly Endpoint[]): Endpoint[] =>
  endpoints.map((one) => ({ ...one, schema: { ...one.schema, tags: [tag] } }));

const noFile: UploadedFile = { name: '', bytes: new Uint8Array(), extension: '' };

/**
 * @param bodyLimit kilobytes of everything except the file
 * @throws UnreadableBody, BODY_TOO_LARGE, BODY_IN_TOO_MANY_PARTS
 */
async function receive<Shape extends z.ZodRawShape>(
  { file }: Pick<Definition<unknown, Shape>, 'file'>,
  request: FastifyRequest,
  bodyLimit: number,
): Promise<Received> {
  const rule = file?.();
  if (rule === undefined) return { input: await readInput(request, bodyLimit), upload: undefined };
  return { input: undefined, upload: await readUpload(request, rule, bodyLimit) };
}

/**
 * Checks the body of a request, and its file.
 *
 * @throws INVALID_INPUT
 */
async function check<Shape extends z.ZodRawShape>(
  definition: Pick<Definition<unknown, Shape>, 'body' | 'file'>,
  { input, upload }: Received,
): Promise<Checked<Shape>> {
  const body = current(definition.body ?? z.object<Shape>());
  const rule = definition.file?.();
  if (rule === undefined || upload === undefined) {
    return { body: checkedBody(body, input), input, file: noFile };
  }
  const file = await checkFile(rule, upload);
  // Fields that follow an oversized file were not read, so they cannot be checked.
  if (upload.file?.isCut && 'errors' in file) throw invalidInput(file.errors);
  const fields = checkFields(body, upload.fields);
  if ('errors' in file || 'errors' in fields) {
    throw invalidInput({ ...errorsOf(file), ...errorsOf(fields) });
  }
  return { body: fields.values, input: undefined, file: file.file };
}

type Checked<Shape extends z.ZodRawShape> = Pick<
  CheckedCall<unknown, z.output<z.ZodObject<Shape>>>,
  'body' | 'input' | 'file'
>;

const errorsOf = (result: { errors: FieldErrors } | { file: unknown } | { values: unknown }): FieldErrors =>
  'errors' in result ? result.errors : {};

/** For paths without ids. */
export const nowhere = (): null => null;

/** The ids in the path of a request. */
export function pathIds({ params }: FastifyRequest): PathIds {
  const ids = typeof params === 'object' && params !== null ? Object.entries(params) : [];
  return Object.fromEntries(ids.map(([name, id]) => [name, String(id)]));
}

function describeEndpoint<Place, Shape extends z.ZodRawShape>(
  { method, path, summary, body, described, file, storesNothing, answer }: Definition<Place, Shape>,
  status: number,
): EndpointSchema {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  const shown = described ?? (body && current(body));
  return {
    summary,
    ...(names.length > 0 && {
      params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))),
    }),
    ...(method === 'POST' && !storesNothing && { headers: keyHeader }),
    ...(shown && { body: shown }),
    ...(file && { body: fileBody(file().field, shown), consumes: ['multipart/form-data'] }),
    response: { [status]: status === 204 ? z.null() : (answer ?? z.unknown()) },
  };
}

/** For the documentation only. The header is read in idempotency.ts. */
const keyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe(
      'If the request is sent again within a day with the same body, it is not repeated: the first answer is returned.',
    ),
});

const fileBody = (field: string, others: z.ZodType | undefined): z.ZodType => {
  const file = z.object({ [field]: z.file() });
  return others instanceof z.ZodObject ? others.extend(file.shape) : file;
};
