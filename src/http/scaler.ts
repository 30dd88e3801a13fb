import { createRequire } from 'node:module';
import type sharp from 'sharp';

const require = createRequire(import.meta.url);

/** Maximum pixels of an unpacked picture. A larger picture is sent as it is. */
const pixelLimit = 50_000_000;

/** How long scaling a picture may take, in seconds. */
const timeLimit = 10;

/** Fits a picture into a square of `size` pixels. Returns `asItIs` if it cannot be scaled. */
export type Scale = (bytes: Uint8Array, size: number) => Promise<Uint8Array | 'asItIs'>;

/** Scales pictures if `sharp` is installed. Otherwise every size is the original. */
export class Scaler {
  #sharp: typeof sharp | 'missing' | undefined;

  /** @throws the error that prevents an installed `sharp` from being loaded */
  readonly scale: Scale = async (bytes, size) => {
    this.#sharp ??= load();
    const scaling = this.#sharp;
    if (scaling === 'missing') return 'asItIs';
    try {
      const box = { width: size, height: size, fit: 'inside', withoutEnlargement: true } as const;
      const picture = scaling(bytes, { limitInputPixels: pixelLimit }).timeout({ seconds: timeLimit });
      return await picture.rotate().resize(box).toBuffer();
    } catch {
      // A file may begin like a picture and still be broken or too large. It is sent as it is.
      return 'asItIs';
    }
  };
}

/**
 * Loads `sharp` with the first picture: it takes 18 MB, and many daemons never scale one. With `require`, because Node
 * keeps a failed `import` for ever, and may only have lacked a file descriptor.
 *
 * @returns `missing` if it is not installed
 */
function load(): typeof sharp | 'missing' {
  try {
    const loaded: typeof sharp = require('sharp');
    // One thread only: the others are for reading, writing and sending.
    loaded.concurrency(1);
    return loaded;
  } catch (error) {
    if (isMissing(error)) return 'missing';
    throw error;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
