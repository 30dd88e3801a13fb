import { emojiTable, emoticonTable } from '../domain/emoji-table.ts';
import { loadFileTypes } from './files/validate-upload.ts';

/**
 * Loads what accepting and answering messages would otherwise load at its first use. Node keeps an import that
 * failed for ever: a moment without file descriptors would break uploads and reactions until the next start.
 */
export async function loadAhead(): Promise<void> {
  emojiTable();
  emoticonTable();
  await loadFileTypes();
}
