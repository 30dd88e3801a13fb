import { type Dirent, existsSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** The folder of a workspace and what belongs to it. */
export interface Workspace {
  folder: string;
  /** Handlers and packages. */
  bots: string;
  /** The database, files and caches. Not for version control. */
  data: string;
  database: string;
  /** Uploaded files. */
  storage: string;
}

/**
 * Finds the workspace of a folder: the nearest folder upwards that contains a configuration, a data folder or
 * `bots/`, otherwise the folder itself. The search stops at the home folder, at a folder with `.git`, and
 * below folders like `/tmp`, whose contents may belong to anyone.
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

/** The files of a workspace that may contain handlers, sorted by name. */
export function handlerFiles(workspace: Workspace): string[] {
  if (!existsSync(workspace.bots)) return [];
  return filesBelow(workspace.bots)
    .map((file) => path.relative(workspace.bots, file))
    .filter(isHandlerFile)
    .sort()
    .map((file) => path.join(workspace.bots, file));
}

/**
 * The files below a folder. Links to files count. Links to folders are not followed, because they may lead
 * back. Some versions of Node follow them in a recursive walk and others do not.
 */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesBelow(file);
    return isRegularFile(entry, file) ? [file] : [];
  });
}

/** Follows links. A broken one counts, so that it is reported. Reading a pipe or a device may never end. */
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

/** Matches file names that look like configurations, even unsupported ones, but not backup copies. */
const configLike = /^messenger\.config\.(?:[cm]?[jt]sx?|json[c5]?|ya?ml|toml|ini|php)$/;

/** The possible configuration files of a workspace, in order of precedence. */
export const configFiles = (workspace: Workspace): string[] =>
  configNames.map((name) => path.join(workspace.folder, name));

/** The configuration file of a workspace, if it has one. */
export const configFile = (workspace: Workspace): string | undefined =>
  configFiles(workspace).find((file) => existsSync(file));

const isHandlerFile = (file: string): boolean =>
  /\.[cm]?[jt]s$/.test(file) && !/\.d\.[cm]?ts$|\.(test|spec)\.[cm]?[jt]s$/.test(file);

/** The first file that looks like a configuration and is not read, if any. */
export const foreignConfig = (workspace: Workspace): string | undefined => otherConfigs(workspace)[0];

/** All files that look like configurations, except the one that is read. */
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
    // A parent folder that may be passed through but not read.
    return [];
  }
};

const isWorkspace = (folder: string): boolean =>
  ['.messenger', 'bots'].some((name) => isFolder(path.join(folder, name))) ||
  namesIn(folder).some((name) => configLike.test(name));

/** The parent folders that may be a workspace, nearest first. */
function above(folder: string): string[] {
  const parent = path.dirname(folder);
  if (parent === folder || isSearchLimit(folder) || isSharedFolder(parent)) return [];
  return [parent, ...above(parent)];
}

const isSearchLimit = (folder: string): boolean =>
  existsSync(path.join(folder, '.git')) || folder === path.resolve(homedir()) || folder === realHome();

function realHome(): string {
  try {
    return realpathSync(homedir());
  } catch {
    return homedir();
  }
}

/** Whether anyone may put files into a folder, as into `/tmp`: it is world-writable with the sticky bit. */
const isSharedFolder = (folder: string): boolean =>
  ((statSync(folder, { throwIfNoEntry: false })?.mode ?? 0) & 0o1002) === 0o1002;
