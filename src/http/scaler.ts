import type sharp from 'sharp';

/** Maximum pixels of an unpacked picture. A larger picture is sent as it is. */
const pixelLimit = 50_000_000;

/** How long scaling a picture may take, in seconds. */
const timeLimit = 10;

/** Fits a picture into a square of `size` pixels. Returns `asItIs` if it cannot be scaled. */
export type Scale = (bytes: Uint8Array, size: number) => Promise<Uint8Array | 'asItIs'>;

/** Scales pictures if `sharp` is installed. Otherwise every size is the original. */
export class Scaler {
  #sharp: Promise<typeof sharp | undefined> | undefined;

  /** Loads `sharp` in advance, so that no request has to. */
  async prepare(): Promise<void> {
    await this.#load().catch(() => {});
  }

  /** @throws the error that prevents an installed `sharp` from being loaded */
  readonly scale: Scale = async (bytes, size) => {
    const load = await this.#load();
    if (load === undefined) return 'asItIs';
    try {
      const box = { width: size, height: size, fit: 'inside', withoutEnlargement: true } as const;
      const picture = load(bytes, { limitInputPixels: pixelLimit }).timeout({ seconds: timeLimit });
      return await picture.rotate().resize(box).toBuffer();
    } catch {
      // A file may begin like a picture and still be broken or too large. It is sent as it is.
      return 'asItIs';
    }
  };

  /** Tries again after a failure, unless `sharp` is not installed. */
  #load(): Promise<typeof sharp | undefined> {
    this.#sharp ??= import('sharp').then(
      ({ default: loaded }) => {
        // One thread only: the others are for reading, writing and sending.
        loaded.concurrency(1);
        return loaded;
      },
      (error: unknown) => {
        if (isMissing(error)) return undefined;
        this.#sharp = undefined;
        throw error;
      },
    );
    return this.#sharp;
  }
}

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
