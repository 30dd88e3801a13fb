import { emojiTable, emoticonTable } from '../domain/emoji-table.ts';
import { loadFileTypes } from './files/validate-upload.ts';

/**
 * Imports what accepting and answering messages would otherwise import at first use. Node keeps a failed
 * import forever: a brief lack of file descriptors would break uploads and reactions until the next start.
 */
export async function preload(): Promise<void> {
  emojiTable();
  emoticonTable();
  await loadFileTypes();
}
