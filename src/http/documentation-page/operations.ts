import type { OpenApi, Operation } from './open-api.ts';

/** An operation with where it is found. */
export interface Listed {
  /** In upper case, as in a request. */
  method: string;
  path: string;
  /** The first of its tags. */
  group: string;
  /** Names the operation in the address of the page. */
  anchor: string;
  operation: Operation;
}

/** Every operation of a document, in its order. */
const listOperations = ({ paths }: OpenApi): Listed[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      group: operation.tags?.[0] ?? 'other',
      anchor: `${method}${path}`.replace(/[^\w-]/g, '-'),
      operation,
    })),
  );

/** The operations of a document by their groups, in the order in which the groups come first. */
export function groupOperations(document: OpenApi): Map<string, Listed[]> {
  const groups = new Map<string, Listed[]>();
  for (const listed of listOperations(document)) {
    const group = groups.get(listed.group) ?? [];
    groups.set(listed.group, [...group, listed]);
  }
  return groups;
}

/** Whether an operation has every word of a search in its method, path, group or summary. */
export function matches({ method, path, group, operation }: Listed, search: string): boolean {
  const text = `${method} ${path} ${group} ${operation.summary ?? ''}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
