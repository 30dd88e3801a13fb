import { setTimeout as sleep } from 'node:timers/promises';
import { extensionOf } from '../base/file-extension.ts';
import { LruCache } from '../base/lru-cache.ts';
import { type Scale, Scaler } from './scaler.ts';

/** The sizes of a picture, in pixels. `lg` is the original. */
const sizes: Readonly<Record<string, number | null>> = { sm: 150, md: 300, lg: null };

/** The size with a given name. Undefined for an unknown name. */
export const sizeOf = (name: string): number | null | undefined =>
  Object.hasOwn(sizes, name) ? sizes[name] : undefined;

/** Formats that are never scaled. */
const unscaled = new Set(['gif', 'svg', 'webp']);

/** The maximum total size of cached copies, in bytes. */
const maxKeptBytes = 64 * 1024 * 1024;

/** How many pictures the cache holds, including those that cannot be scaled. */
const maxKept = 10_000;

/** How many pictures may wait to be scaled. Beyond that, the original is sent. */
const waitingLimit = 100;

/** How long a request waits for a small copy, in milliseconds. The copy is still made, for later requests. */
const waitTime = 5_000;

/** A picture to be sent. */
export interface Picture {
  /** Its name. The extension is its format. */
  path: string;
  /** Identifies the content: it changes when the content does. */
  key: string;
  read(): Promise<Uint8Array>;
}

/** A small copy, or why the original is sent instead: `asItIs` for good, `forNow` for this request. */
export type Copy = Uint8Array | 'asItIs' | 'forNow';

/**
 * Small copies of pictures. They are made one at a time, and once for all requests that ask at the same time.
 * A slow picture delays only the requests for it, and those only briefly.
 */
export class Pictures {
  readonly #scale: Scale;
  readonly #waitingLimit: number;
  readonly #waitTime: number;
  readonly #kept = new LruCache<Uint8Array | 'asItIs'>({
    entries: maxKept,
    weight: maxKeptBytes,
    weigh: (copy) => (copy === 'asItIs' ? 0 : copy.byteLength),
  });
  readonly #underWay = new Map<string, Promise<Copy>>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(scale: Scale = new Scaler().scale, limits = { waiting: waitingLimit, waitTime }) {
    this.#scale = scale;
    this.#waitingLimit = limits.waiting;
    this.#waitTime = limits.waitTime;
  }

  /** Returns a picture in a size. */
  async scaled(picture: Picture, size: number | null): Promise<Copy> {
    if (size === null || unscaled.has(extensionOf(picture.path))) return 'asItIs';
    const key = `${picture.key} ${size}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const underWay = this.#underWay.get(key) ?? this.#begin(key, picture, size);
    return underWay === undefined ? 'forNow' : this.#waitFor(underWay);
  }

  #begin(key: string, picture: Picture, size: number): Promise<Copy> | undefined {
    if (this.#underWay.size >= this.#waitingLimit) return undefined;
    const copy = this.#turn
      .then(async (): Promise<Copy> => {
        const scaled = await this.#scale(await picture.read(), size);
        this.#kept.set(key, scaled);
        return scaled;
      })
      // Not cached: an unreadable file or a lack of memory may be temporary.
      .catch((): Copy => 'forNow')
      .finally(() => this.#underWay.delete(key));
    this.#turn = copy;
    this.#underWay.set(key, copy);
    return copy;
  }

  async #waitFor(underWay: Promise<Copy>): Promise<Copy> {
    const done = new AbortController();
    const tooLong = sleep(this.#waitTime, 'forNow' as const, { signal: done.signal }).catch(
      () => 'forNow' as const,
    );
    return Promise.race([underWay, tooLong]).finally(() => done.abort());
  }
}
