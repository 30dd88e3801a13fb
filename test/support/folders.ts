import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';

/** Every file and folder below a folder: the files with what is in them. */
export function contentsOf(folder: string): Record<string, string | null> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const read = (file: string) => (statSync(file).isDirectory() ? null : readFileSync(file, 'latin1'));
  return Object.fromEntries(names.map((name) => [name, read(path.join(folder, name))]));
}

/** The files below a folder that a process has open, by default this one; none where the system does not tell. */
export function openFilesBelow(folder: string, pid = process.pid): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync(`/proc/${pid}/fd`)
    .map((name) => `/proc/${pid}/fd/${name}`)
    .flatMap(linkTarget)
    .filter((file) => file.startsWith(`${folder}${path.sep}`));
}

/** A file may be closed while the list of them is read. */
function linkTarget(link: string): string[] {
  try {
    return [readlinkSync(link)];
  } catch {
    return [];
  }
}
