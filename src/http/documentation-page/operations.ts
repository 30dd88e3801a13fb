import type { OpenApi, Operation } from './open-api.ts';

/** An operation, with its place in the document. */
export interface Listed {
  /** In upper case, as in a request. */
  method: string;
  path: string;
  /** The first of its tags. */
  group: string;
  /** Identifies the operation in the address of the page. */
  anchor: string;
  operation: Operation;
}

/** All operations of a document, in document order. */
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

/** The operations of a document by group. Groups are in order of their first operation. */
export function groupOperations(document: OpenApi): Map<string, Listed[]> {
  const groups = new Map<string, Listed[]>();
  for (const listed of listOperations(document)) {
    const group = groups.get(listed.group) ?? [];
    groups.set(listed.group, [...group, listed]);
  }
  return groups;
}

/** Whether every word of a search occurs in the method, path, group or summary of an operation. */
export function matches({ method, path, group, operation }: Listed, search: string): boolean {
  const text = `${method} ${path} ${group} ${operation.summary ?? ''}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
