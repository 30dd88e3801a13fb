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

/** The ids in a path by their names: `{ thread, bot }` for `/threads/:thread/bots/:bot`. */
export type PathIds = Readonly<Record<string, string>>;

/** A request whose sender is known and whose path leads somewhere. */
interface Call<Place> {
  user: User;
  /** What the path leads to. */
  place: Place;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A request whose body passed its checks, too. */
interface CheckedCall<Place, Body> extends Call<Place> {
  body: Body;
  /** The body before any check; undefined with a file. */
  input: unknown;
  /** Empty where the endpoint takes none. */
  file: UploadedFile;
}

/** What depends on the configuration is a function: one that is saved later counts from the next request on. */
type Current<Value extends object> = Value | (() => Value);

const current = <Value extends object>(value: Current<Value>): Value =>
  typeof value === 'function' ? value() : value;

/** What an endpoint answers; a stream is sent as it comes. */
type Answered<Answer extends z.ZodType> = z.output<Answer> | Readable;

/**
 * An endpoint in the order of its checks: who sends it (401), where its path leads (404), what may come before the
 * body (403), the body (422), and the rest, which is the use case's.
 */
interface Definition<Place, Shape extends z.ZodRawShape, Answer extends z.ZodType = z.ZodType> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/messenger`. */
  path: string;
  /** A few words for the documentation. */
  summary: string;
  /** The path's ids as what they mean. */
  place: (app: HttpApp, ids: PathIds) => Promise<Place> | Place;
  /** Only where a permission is checked before the body. */
  guard?: (call: Call<Place>) => Promise<unknown>;
  body?: Current<z.ZodObject<Shape>>;
  /** The body as the documentation shows it, where more than `body` is checked, by the use case. */
  described?: z.ZodType;
  /** The file of a multipart body; what may be sent is the configuration's to say. */
  file?: () => FileRule;
  /** Besides the limit on all requests. */
  limit?: Limit;
  /** For a POST that stores nothing: it may come again, with an `Idempotency-Key` or without. */
  storesNothing?: true;
  /** 200 unless said otherwise; with 204 nothing is answered. */
  status?: 200 | 201 | 204;
  answer?: Answer;
  handle: (
    call: CheckedCall<Place, z.output<z.ZodObject<Shape>>>,
  ) => Answered<Answer> | Promise<Answered<Answer>>;
}

/** An endpoint as the server takes it: its types are settled inside. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  limit: Limit | undefined;
  /** Uploads are large, so they are read few at a time. */
  takesFile: boolean;
  /** Whether it is done once for each `Idempotency-Key`. */
  takesKey: boolean;
  status: number;
  schema: EndpointSchema;
  open: (app: HttpApp, user: User, request: FastifyRequest, reply: FastifyReply) => OpenRequest;
}

/** A request on its way through an endpoint. */
export interface OpenRequest {
  /** Reads its body; the same however often it is called. */
  read(): Promise<Received>;
  /** Checks all that is to be checked before the use case. */
  prepare(): Promise<() => unknown>;
}

/** The body of a request before any check. */
export interface Received {
  input: unknown;
  /** Where the endpoint takes a file. */
  upload: Upload | undefined;
}

/** What the documentation says of an endpoint. */
interface EndpointSchema {
  summary: string;
  tags?: string[];
  params?: z.ZodObject;
  headers?: z.ZodObject;
  body?: z.ZodType;
  consumes?: string[];
  response: Record<number, z.ZodType>;
}

/** Defines an endpoint. See the top of `routes/bots.ts` for how one is made. */
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
        received ??= receive(definition, request, app.settings.http.limits.body);
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

/** Puts endpoints into one group of the documentation. */
export const tagged = (tag: string, endpoints: readonly Endpoint[]): Endpoint[] =>
  endpoints.map((one) => ({ ...one, schema: { ...one.schema, tags: [tag] } }));

const noFile: UploadedFile = { name: '', bytes: new Uint8Array(), extension: '' };

/**
 * @param bodyLimit kilobytes of everything but the file
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
 * The body of a request, and its file.
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
  // What comes behind a file that is too large was not read, so nothing can be said of it.
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

/** For paths that lead to nothing in particular. */
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

/** As the documentation shows it; it is read by idempotency.ts. */
const keyHeader = z.object({
  'idempotency-key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe(
      'Sent again within a day with the same body, the request is not done again: the first answer is given.',
    ),
});

const fileBody = (field: string, others: z.ZodType | undefined): z.ZodType => {
  const file = z.object({ [field]: z.file() });
  return others instanceof z.ZodObject ? others.extend(file.shape) : file;
};
