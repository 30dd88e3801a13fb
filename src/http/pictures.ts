import type sharp from 'sharp';

/** The sizes of a picture, in pixels; `lg` is the picture itself. */
const sizes: Readonly<Record<string, number | null>> = { sm: 150, md: 300, lg: null };

/** The size of a name; undefined for what is none. */
export const sizeOf = (name: string): number | null | undefined =>
  Object.hasOwn(sizes, name) ? sizes[name] : undefined;

/** Formats that are answered as they are, in any size. */
const unscaled = new Set(['gif', 'svg', 'webp']);

/** What a small file may unfold to; a larger picture is answered as it is. */
const pixelLimit = 50_000_000;

/** How many scaled pictures are kept. */
const keptLimit = 200;

/** Scales pictures where `sharp` is installed; where it is not, every size is the picture itself. */
export class Pictures {
  readonly #kept = new Map<string, Uint8Array>();
  #sharp: Promise<typeof sharp | undefined> | undefined;

  /**
   * A picture in a size.
   *
   * @param path says which picture it is: what has been scaled is kept by it
   */
  async scaled(path: string, bytes: Uint8Array, size: number | null): Promise<Uint8Array> {
    if (size === null || unscaled.has(extensionOf(path))) return bytes;
    const key = `${path} ${size}`;
    const kept = this.#kept.get(key);
    if (kept) return kept;
    const scaled = await this.#scale(bytes, size);
    // One that was not scaled is as large as its file: two hundred of them are too much to keep.
    if (scaled === bytes) return bytes;
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= keptLimit && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(key, scaled);
    return scaled;
  }

  async #scale(bytes: Uint8Array, size: number): Promise<Uint8Array> {
    this.#sharp ??= import('sharp').then(
      (module) => module.default,
      () => undefined,
    );
    const scale = await this.#sharp;
    if (scale === undefined) return bytes;
    try {
      const box = { width: size, height: size, fit: 'inside', withoutEnlargement: true } as const;
      return await scale(bytes, { limitInputPixels: pixelLimit }).rotate().resize(box).toBuffer();
    } catch {
      // What begins like a picture need not be one to its end: it is answered as it was sent.
      return bytes;
    }
  }
}

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).toLowerCase();
