import type sharp from 'sharp';

/** What a small file may unfold to; a larger picture is answered as it is. */
const pixelLimit = 50_000_000;

/** Seconds that a picture may take. */
const timeLimit = 10;

/** Makes a picture fit into a square of so many pixels; `asItIs` where it cannot be scaled. */
export type Scale = (bytes: Uint8Array, size: number) => Promise<Uint8Array | 'asItIs'>;

/** Scales pictures where `sharp` is installed; where it is not, every size is the picture itself. */
export class Scaler {
  #sharp: Promise<typeof sharp | undefined> | undefined;

  /** Loads what scaling needs, so that no request has to. */
  async prepare(): Promise<void> {
    await this.#load().catch(() => {});
  }

  /** @throws what keeps `sharp` from being loaded just now, where it is installed */
  readonly scale: Scale = async (bytes, size) => {
    const load = await this.#load();
    if (load === undefined) return 'asItIs';
    try {
      const box = { width: size, height: size, fit: 'inside', withoutEnlargement: true } as const;
      const picture = load(bytes, { limitInputPixels: pixelLimit }).timeout({ seconds: timeLimit });
      return await picture.rotate().resize(box).toBuffer();
    } catch {
      // What begins like a picture need not be one to its end, and may be too large: it is answered as it was sent.
      return 'asItIs';
    }
  };

  /** Tried again when it failed for another reason than that it is not there. */
  #load(): Promise<typeof sharp | undefined> {
    this.#sharp ??= import('sharp').then(
      ({ default: loaded }) => {
        // One thread: the others are for those who read, write and send meanwhile.
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
