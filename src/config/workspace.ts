import { type Dirent, existsSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
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

/**
 * The workspace a folder belongs to: the nearest one upwards that has a configuration, a data folder or `bots/` in it,
 * or else the folder itself. It is not looked for above the home folder, above a folder with `.git`, nor in one like
 * `/tmp`: what lies there may be anybody's.
 */
export function findWorkspace(folder: string): Workspace {
  const root = [folder, ...above(folder)].find(isWorkspace) ?? folder;
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
    return isRegularFile(entry, file) ? [file] : [];
  });
}

/** Also behind a link. One that leads nowhere counts, so that it is told of; a pipe or a device has no end. */
const isRegularFile = (entry: Dirent, file: string): boolean =>
  entry.isFile() || (entry.isSymbolicLink() && (statOf(file)?.isFile() ?? true));

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch {
    return undefined;
  }
}

const isFolder = (file: string): boolean => statOf(file)?.isDirectory() ?? false;

const configNames = ['ts', 'js', 'mjs', 'mts', 'cts', 'cjs'].map((ending) => `messenger.config.${ending}`);

/** Looks like a configuration; not all of them are read. A copy that an editor or a person put aside does not. */
const configLike = /^messenger\.config\.(?:[cm]?[jt]sx?|json[c5]?|ya?ml|toml|ini|php)$/;

/** Where a configuration of a workspace may be, the one that counts first. */
export const configFiles = (workspace: Workspace): string[] =>
  configNames.map((name) => path.join(workspace.folder, name));

/** The configuration file of a workspace, if it has one. */
export const configFile = (workspace: Workspace): string | undefined =>
  configFiles(workspace).find((file) => existsSync(file));

const isHandlerFile = (file: string): boolean =>
  /\.[cm]?[jt]s$/.test(file) && !/\.d\.[cm]?ts$|\.(test|spec)\.[cm]?[jt]s$/.test(file);

/** What looks like a configuration of a workspace and is not read, if anything does. */
export const foreignConfig = (workspace: Workspace): string | undefined => otherConfigs(workspace)[0];

/** All that looks like a configuration beside the one that is read. */
export const otherConfigs = (workspace: Workspace): string[] =>
  namesIn(workspace.folder)
    .filter((name) => configLike.test(name))
    .map((name) => path.join(workspace.folder, name))
    .filter((file) => file !== configFile(workspace))
    .sort();

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    // A folder on the way up that may be passed but not read.
    return [];
  }
};

const isWorkspace = (folder: string): boolean =>
  ['.messenger', 'bots'].some((name) => isFolder(path.join(folder, name))) ||
  namesIn(folder).some((name) => configLike.test(name));

/** The folders above one in which a workspace may be, the nearest first. */
function above(folder: string): string[] {
  const parent = path.dirname(folder);
  if (parent === folder || isLast(folder) || isAnybodys(parent)) return [];
  return [parent, ...above(parent)];
}

const isLast = (folder: string): boolean =>
  existsSync(path.join(folder, '.git')) || folder === path.resolve(homedir()) || folder === realHome();

function realHome(): string {
  try {
    return realpathSync(homedir());
  } catch {
    return homedir();
  }
}

/** Whether everybody puts files into a folder, as into `/tmp`: one that all may write, with the sticky bit. */
const isAnybodys = (folder: string): boolean =>
  ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 0o1002) === 0o1002;
