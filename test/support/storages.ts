import path from 'node:path';
import { newId } from '../../src/base/ids.ts';
import { botAvatar, messageFile, storedName } from '../../src/domain/file-path.ts';
import { LocalFiles } from '../../src/store/local-files.ts';
import { contentsOf } from './folders.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The thread the files belong to. */
export const thread = newId();
/** The path of a new image. */
export const anImage = () => messageFile(thread, 'image', storedName('cat.png', 'png'));
/** The path of a new picture of a bot. */
export const anAvatar = (bot: string) => botAvatar(thread, bot, storedName('face.png', 'png'));
/** All bytes there are. */
export const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));

/** A storage that does not exist yet, and what is in its folder. */
export function openFiles() {
  const folder = temporaryFolder();
  const root = path.join(folder, '.messenger', 'storage');
  const at = (name: string) => path.join(root, ...name.split('/'));
  return { files: new LocalFiles(root), folder, root, at, names: () => Object.keys(contentsOf(folder)) };
}
