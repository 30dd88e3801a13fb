import { type Dirent, promises as fs } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** A file's name as it was begun: a quote, the folder, and the beginning of the name in it. */
interface Begun {
  quote: string;
  folder: string;
  name: string;
}

function begun(typed: string): Begun {
  const quote = /^["']/.exec(typed)?.[0] ?? '';
  const body = typed.slice(quote.length);
  const name = body.slice(body.lastIndexOf('/') + 1);
  return { quote, folder: body.slice(0, body.length - name.length), name };
}

/**
 * The files and folders that a name can be completed to, as they are written. Hidden ones only if the name begins with
 * a dot. A folder ends with a slash, and a file in quotes with its quote.
 */
export async function fileNames(typed: string): Promise<string[]> {
  const { quote, folder, name } = begun(typed);
  if (folder === '' && name === '~') return [`${quote}~/`];
  const place = path.resolve(folder.replace(/^~(?=\/)/, homedir()) || '.');
  const entries = await fs.readdir(place, { withFileTypes: true }).catch((): Dirent[] => []);
  const start = name.toLowerCase();
  const fitting = entries.filter(
    (entry) =>
      entry.name.toLowerCase().startsWith(start) && (name.startsWith('.') || !entry.name.startsWith('.')),
  );
  const found = await Promise.all(
    fitting.map(async (entry) => {
      const end = (await isFolder(place, entry)) ? '/' : quote;
      return `${quote}${folder}${entry.name}${end}`;
    }),
  );
  return found.sort();
}

async function isFolder(place: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const target = await fs.stat(path.join(place, entry.name)).catch(() => undefined);
  return target?.isDirectory() ?? false;
}
