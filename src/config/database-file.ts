import path from 'node:path';
import type { Config } from './schema.ts';
import type { Workspace } from './workspace.ts';

const scheme = /^(?:file|sqlite):(?:\/\/)?/;

/** Whether a URL refers to a file: a path, with or without `file:` or `sqlite:`. */
export const isFileAddress = (url: string): boolean => scheme.test(url) || !/^\w+:\/\//.test(url);

/**
 * The SQLite file of a workspace: the one in its configuration, otherwise one in the data folder.
 *
 * @example databaseFile(workspace, config) // with database.url 'file:chat.sqlite': chat.sqlite in the workspace
 */
export function databaseFile(
  { folder, database }: Workspace,
  config: { database: Pick<Config['database'], 'url'> },
): string {
  const { url } = config.database;
  return url === undefined ? database : path.resolve(folder, url.replace(scheme, ''));
}
