import type { Schema, Schemas } from './open-api.ts';
import type { Listed } from './operations.ts';
import { resolve } from './schemas.ts';

/** An example value of a schema. Optional fields and deeply nested values are left out. */
export function exampleOf(schema: Schema, schemas: Schemas, depth = 0): unknown {
  const found = resolve(schema, schemas);
  if (found.const !== undefined) return found.const;
  if (found.enum) return found.enum[0];
  if (found.default !== undefined) return found.default;
  const [alternative] = [...(found.anyOf ?? []), ...(found.oneOf ?? [])];
  if (alternative) return exampleOf(alternative, schemas, depth);
  const type = typeof found.type === 'string' ? found.type : found.type?.[0];
  if (type === 'object') return exampleObject(found, schemas, depth);
  if (type === 'array') return found.items && depth < 3 ? [exampleOf(found.items, schemas, depth + 1)] : [];
  if (type === 'integer' || type === 'number') return Math.max(0, found.minimum ?? 0);
  if (type === 'boolean') return true;
  return type === 'string' ? 'text' : null;
}

function exampleObject({ properties = {}, required = [] }: Schema, schemas: Schemas, depth: number): object {
  if (depth > 3) return {};
  const fields = Object.entries(properties).filter(([name]) => required.includes(name));
  return Object.fromEntries(fields.map(([name, field]) => [name, exampleOf(field, schemas, depth + 1)]));
}

/** A text as one word of a POSIX shell. */
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A request as a curl command. Values to fill in are shell variables, such as `$THREAD`. */
export function curlOf({ method, path, operation }: Listed, origin: string, schemas: Schemas): string {
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => `$${name.toUpperCase()}`);
  const words = [
    ...(method === 'GET' ? ['curl'] : [`curl -X ${method}`]),
    ...(operation.security?.length ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...Object.entries(operation.requestBody?.content ?? {})
      .slice(0, 1)
      .flatMap(([type, { schema = {} }]) => bodyWords(type, schema, schemas)),
    `"${origin}${url}"`,
  ];
  return words.join(' \\\n  ');
}

function bodyWords(type: string, schema: Schema, schemas: Schemas): string[] {
  const example = exampleOf(schema, schemas);
  if (type !== 'multipart/form-data')
    return [`-H ${quote(`Content-Type: ${type}`)}`, `-d ${quote(JSON.stringify(example))}`];
  const { properties = {} } = resolve(schema, schemas);
  return Object.entries(Object(example)).map(([name, value]) =>
    properties[name]?.format === 'binary'
      ? `-F ${quote(`${name}=@file`)}`
      : `-F ${quote(`${name}=${value}`)}`,
  );
}
