import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

/** The folder of a workspace and what belongs to it. */
export interface Workspace {
  folder: string;
  /** Handlers and packages. */
  bots: string;
  /** Database, files, caches; not for version control. */
  data: string;
  database: string;
  /** Files that were sent. */
  storage: string;
}

/** The workspace a folder belongs to: the nearest one upwards with a configuration in it, or else the folder itself. */
export function findWorkspace(folder: string): Workspace {
  const root = ancestors(folder).find(hasConfig) ?? folder;
  const data = path.join(root, '.messenger');
  return {
    folder: root,
    bots: path.join(root, 'bots'),
    data,
    database: path.join(data, 'messenger.sqlite'),
    storage: path.join(data, 'storage'),
  };
}

/** The files of a workspace that may hold handlers, in the order of their names. */
export function handlerFiles(workspace: Workspace): string[] {
  if (!existsSync(workspace.bots)) return [];
  return filesBelow(workspace.bots)
    .map((file) => path.relative(workspace.bots, file))
    .filter(isHandlerFile)
    .sort()
    .map((file) => path.join(workspace.bots, file));
}

/**
 * The files below a folder. Links to files count, links to folders are not followed: they may lead back. Node's own
 * recursive walk follows them in some of its versions and not in others.
 */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(file);
    return entry.isSymbolicLink() && isFolder(file) ? [] : [file];
  });
}

/** Also false for a link that leads nowhere, or to itself. */
const isFolder = (file: string): boolean => existsSync(file + path.sep);

const configNames = ['messenger.config.ts', 'messenger.config.js', 'messenger.config.mjs'];

/** Where a configuration of a workspace may be, the one that counts first. */
export const configFiles = (workspace: Workspace): string[] =>
  configNames.map((name) => path.join(workspace.folder, name));

/** The configuration file of a workspace, if it has one. */
export const configFile = (workspace: Workspace): string | undefined =>
  configFiles(workspace).find((file) => existsSync(file));

const isHandlerFile = (file: string): boolean =>
  /\.[cm]?[jt]s$/.test(file) && !/\.d\.[cm]?ts$|\.(test|spec)\.[cm]?[jt]s$/.test(file);

const hasConfig = (folder: string): boolean =>
  configNames.some((name) => existsSync(path.join(folder, name)));

function ancestors(folder: string): string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [folder, ...ancestors(parent)];
}
