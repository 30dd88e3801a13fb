import path from 'node:path';
import { watch } from 'chokidar';
import { ChangeReports } from './change-reports.ts';
import { filesBelow, watchLinks } from './links.ts';

/** A watcher of files and folders. */
export interface FileWatch {
  /** Adds paths to watch; adding one twice has no effect. */
  add(paths: readonly string[]): void;
  close(): Promise<void>;
}

/** Never watched: large, or changed by every message. */
const ignoredFolders = ['node_modules', '.git', '.messenger'];

/**
 * Watches files, and folders with everything in them, whether or not they exist yet.
 *
 * @param folder contains all the paths and is watched itself, since chokidar reports ready too early for
 *   paths that do not exist
 * @param onChange receives the absolute paths saved, created or removed since the last call
 * @returns once watching has begun
 */
export async function watchFiles(
  folder: string,
  paths: readonly string[],
  onChange: (changed: string[]) => void,
  onError: (error: unknown) => void,
): Promise<FileWatch> {
  const reports = new ChangeReports(onChange);
  const wanted = new Set(paths);
  const ignored = (file: string) => isInIgnoredFolder(folder, file) || !isWanted(wanted, path.resolve(file));
  // Editors replace files, so a file that is removed and created again at once counts as changed.
  const note = (files: readonly string[]) => reports.note(files.map((file) => path.resolve(file)));
  /** Whether any path may have become a link. Most workspaces have hundreds of files, and no link. */
  let mayHaveLinks = true;
  const searchLinks = () => {
    mayHaveLinks = true;
  };
  const open = async () => {
    const watcher = watch(folder, { ignoreInitial: true, ignored, atomic: 50 });
    watcher
      .on('all', (_, file) => note([file]))
      .on('raw', searchLinks)
      .on('error', onError);
    searchLinks();
    await new Promise<void>((ready) => watcher.once('ready', () => ready()));
    return watcher;
  };
  let watcher = await open();
  let restarting = Promise.resolve();
  /** The watcher follows links as they were when it started, so it is restarted. */
  const onRetarget = async (links: readonly string[]) => {
    const before = watcher.getWatched();
    // Closed first: chokidar's watchers share state by path, even if that path now leads elsewhere.
    await watcher.close();
    watcher = await open();
    const watchedPaths = [before, watcher.getWatched()];
    note([
      ...links,
      ...links.flatMap((link) => watchedPaths.flatMap((watched) => filesBelow(watched, link))),
    ]);
  };
  const links = watchLinks(
    () => {
      const paths = mayHaveLinks ? [...wanted, ...filesBelow(watcher.getWatched(), folder)] : [];
      mayHaveLinks = false;
      return paths;
    },
    (retargeted) => {
      restarting = restarting.then(() => onRetarget(retargeted)).catch(onError);
    },
  );
  return {
    add: (more) => {
      const unknown = more.filter((file) => !isWanted(wanted, file));
      for (const file of unknown) wanted.add(file);
      searchLinks();
      // Not during a restart: adding to a closed watcher would reopen it, and nobody would close it.
      restarting = restarting.then(() => void watcher.add(unknown)).catch(onError);
    },
    close: async () => {
      links.close();
      await restarting;
      reports.close();
      await watcher.close();
    },
  };
}

const isInIgnoredFolder = (folder: string, file: string): boolean => {
  const names = path.relative(folder, file).split(path.sep);
  return ignoredFolders.some((name) => names.includes(name));
};

/** Whether a path is watched, is in a watched folder, or is a folder on the way to one. */
const isWanted = (wanted: ReadonlySet<string>, file: string): boolean =>
  [...wanted].some((each) => each === file || isBelow(file, each) || isBelow(each, file));

const isBelow = (file: string, folder: string): boolean => file.startsWith(`${folder}${path.sep}`);
