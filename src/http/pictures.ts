import { setTimeout as sleep } from 'node:timers/promises';
import { type Scale, Scaler } from './scaler.ts';

/** The sizes of a picture, in pixels; `lg` is the picture itself. */
const sizes: Readonly<Record<string, number | null>> = { sm: 150, md: 300, lg: null };

/** The size of a name; undefined for what is none. */
export const sizeOf = (name: string): number | null | undefined =>
  Object.hasOwn(sizes, name) ? sizes[name] : undefined;

/** Formats that are answered as they are, in any size. */
const unscaled = new Set(['gif', 'svg', 'webp']);

/** Bytes of all small copies that are kept. */
const keptBytes = 64 * 1024 * 1024;

/** How many pictures are remembered that cannot be scaled, with the small copies. */
const keptLimit = 10_000;

/** How many pictures wait for their turn; those beyond are answered as they are. */
const waitingLimit = 100;

/** Milliseconds that a request waits for a small copy; it is made all the same, for those who ask later. */
const patience = 5_000;

/** A picture that is to be answered. */
export interface Picture {
  /** Its name with the ending that says its format. */
  path: string;
  /** What it is known by: another text when its content is another. */
  key: string;
  read(): Promise<Uint8Array>;
}

/** A small copy; `asItIs` where the picture itself has to do, for ever or only `forNow`. */
export type Copy = Uint8Array | 'asItIs' | 'forNow';

/**
 * Small copies of pictures. Each is made once, however many ask for it at the same time, and one after the other: a
 * picture that takes long keeps nobody waiting but those who want it, and those not for long.
 */
export class Pictures {
  readonly #scale: Scale;
  readonly #waitingLimit: number;
  readonly #patience: number;
  /** Last in the map is last used. */
  readonly #kept = new Map<string, Uint8Array | 'asItIs'>();
  #bytes = 0;
  readonly #underWay = new Map<string, Promise<Copy>>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(scale: Scale = new Scaler().scale, limits = { waiting: waitingLimit, patience }) {
    this.#scale = scale;
    this.#waitingLimit = limits.waiting;
    this.#patience = limits.patience;
  }

  /** A picture in a size. */
  async scaled(picture: Picture, size: number | null): Promise<Copy> {
    if (size === null || unscaled.has(extensionOf(picture.path))) return 'asItIs';
    const key = `${picture.key} ${size}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return this.#keep(key, kept);
    const underWay = this.#underWay.get(key) ?? this.#begin(key, picture, size);
    return underWay === undefined ? 'forNow' : this.#waitFor(underWay);
  }

  #begin(key: string, picture: Picture, size: number): Promise<Copy> | undefined {
    if (this.#underWay.size >= this.#waitingLimit) return undefined;
    const copy = this.#turn
      .then(async () => this.#keep(key, await this.#scale(await picture.read(), size)))
      // Not for ever: a file that could not be read, or a moment without memory, may be better the next time.
      .catch((): Copy => 'forNow')
      .finally(() => this.#underWay.delete(key));
    this.#turn = copy;
    this.#underWay.set(key, copy);
    return copy;
  }

  async #waitFor(underWay: Promise<Copy>): Promise<Copy> {
    const done = new AbortController();
    const tooLong = sleep(this.#patience, 'forNow' as const, { signal: done.signal }).catch(
      () => 'forNow' as const,
    );
    return Promise.race([underWay, tooLong]).finally(() => done.abort());
  }

  #keep<Kept extends Uint8Array | 'asItIs'>(key: string, copy: Kept): Kept {
    this.#drop(key);
    this.#kept.set(key, copy);
    this.#bytes += bytesOf(copy);
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= keptBytes && this.#kept.size <= keptLimit) break;
      this.#drop(oldest);
    }
    return copy;
  }

  #drop(key: string): void {
    this.#bytes -= bytesOf(this.#kept.get(key));
    this.#kept.delete(key);
  }
}

const bytesOf = (copy: Uint8Array | 'asItIs' | undefined): number =>
  copy instanceof Uint8Array ? copy.byteLength : 0;

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).toLowerCase();
