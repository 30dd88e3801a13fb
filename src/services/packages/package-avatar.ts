import path from 'node:path';
import { createError, messageOf, wrapError } from '../../base/errors.ts';
import { readRegularFile } from '../../base/regular-file.ts';
import { storedName } from '../../domain/file-path.ts';
import type { PackageDescription } from '../../sandbox/protocol.ts';
import type { Context } from '../context.ts';
import { validateUpload } from '../files/validate-upload.ts';

/** A picture that can be stored. */
export interface Avatar {
  /** The name it is stored under. */
  name: string;
  bytes: Uint8Array;
}

/**
 * The picture of a packaged bot; null when it has none.
 *
 * @throws AVATAR_UNREADABLE when it cannot be read, is not an image, or is too large; FILE_TOO_LARGE
 */
export async function loadAvatar(
  { settings }: Context,
  { avatar: file, class: packagedBot }: PackageDescription,
): Promise<Avatar | null> {
  if (file === null) return null;
  try {
    const found = await readRegularFile(file, settings().avatarLimit * 1024);
    if ('tooLarge' in found) {
      const kilobytes = Math.ceil(found.tooLarge / 1024);
      throw createError('FILE_TOO_LARGE', 'image', path.basename(file), settings().avatarLimit, kilobytes);
    }
    const { bytes } = found;
    const ending = await validateUpload('image', path.basename(file), bytes, settings().avatarLimit);
    return { name: storedName(path.basename(file), ending), bytes };
  } catch (error) {
    throw wrapError(error, 'AVATAR_UNREADABLE', packagedBot, file, messageOf(error));
  }
}
