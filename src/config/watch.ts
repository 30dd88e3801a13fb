import path from 'node:path';
import { watch } from 'chokidar';
import { filesBelow, watchLinks } from './links.ts';

/** Files are saved in bursts, and an editor may write one twice: this long (milliseconds) nothing may follow. */
const quiet = 15;

/** Files and folders that are watched. */
export interface FileWatch {
  /** Watches these, too; watching one twice changes nothing. */
  add(paths: readonly string[]): void;
  close(): Promise<void>;
}

/** Never watched: it is large, or changes with every message. */
const foreign = ['node_modules', '.git', '.messenger'];

/**
 * Watches files, and folders with all that is in them, whether they are there already or not.
 *
 * @param folder what all of them are below, and what is watched for those that are not there; chokidar says too early
 *   that it is ready when it is given a path that leads nowhere
 * @param onChange told the absolute paths of what was saved, made or removed since it was told last
 * @returns once watching has begun
 */
export async function watchFiles(
  folder: string,
  paths: readonly string[],
  onChange: (changed: string[]) => void,
  onError: (error: unknown) => void,
): Promise<FileWatch> {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const tell = () => {
    const files = [...changed];
    changed.clear();
    onChange(files);
  };
  const wanted = new Set(paths);
  const ignored = (file: string) => isForeign(folder, file) || !isWanted(wanted, path.resolve(file));
  // Editors replace a file by another one: what is removed and made again at once has changed.
  const note = (files: readonly string[]) => {
    for (const file of files) changed.add(path.resolve(file));
    clearTimeout(timer);
    timer = setTimeout(tell, quiet);
  };
  const open = async () => {
    const watcher = watch(folder, { ignoreInitial: true, ignored, atomic: 50 });
    watcher.on('all', (_, file) => note([file])).on('error', onError);
    await new Promise<void>((ready) => watcher.once('ready', () => ready()));
    return watcher;
  };
  let watcher = await open();
  let turning = Promise.resolve();
  /** What is watched is what links led to when watching began: it begins anew. */
  const onTurned = async (links: readonly string[]) => {
    const before = watcher.getWatched();
    // Closed first: chokidar's watchers share what they watch by its path, also where that leads elsewhere by now.
    await watcher.close();
    watcher = await open();
    const both = [before, watcher.getWatched()];
    note([...links, ...links.flatMap((link) => both.flatMap((watched) => filesBelow(watched, link)))]);
  };
  const links = watchLinks(
    () => [...wanted, ...filesBelow(watcher.getWatched(), folder)],
    (turned) => {
      turning = turning.then(() => onTurned(turned)).catch(onError);
    },
  );
  return {
    add: (more) => {
      const unknown = more.filter((file) => !isWanted(wanted, file));
      for (const file of unknown) wanted.add(file);
      // Not while it begins anew: a watcher that was closed would be opened again, and never be closed.
      turning = turning.then(() => void watcher.add(unknown)).catch(onError);
    },
    close: async () => {
      links.close();
      await turning;
      clearTimeout(timer);
      await watcher.close();
    },
  };
}

const isForeign = (folder: string, file: string): boolean => {
  const names = path.relative(folder, file).split(path.sep);
  return foreign.some((name) => names.includes(name));
};

/** What is wanted itself, in a folder that is wanted, or a folder on the way to one. */
const isWanted = (wanted: ReadonlySet<string>, file: string): boolean =>
  [...wanted].some((each) => each === file || isBelow(file, each) || isBelow(each, file));

const isBelow = (file: string, folder: string): boolean => file.startsWith(`${folder}${path.sep}`);
