import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { lacksDescriptors } from '../base/shortage.ts';
import { DefinitionWatch } from './definition-watch.ts';
import { LeftHandles } from './left-handles.ts';
import { RealmWatch } from './object-watch.ts';
import { ProcessWatch } from './process-watch.ts';
import { watchedObjects } from './watched-objects.ts';

/** Something that a run has left or changed. */
export interface SideEffect {
  /** The end of a sentence: "the run …": `left a server`, `changed Array.prototype.map`. */
  phrase: string;
  /** Where that was done, if known. */
  site?: Error;
}

/** Milliseconds between checks of something that may be closing. Most is gone after the next turn. */
const recheckDelays = [0, 0, 0, 10, 20];

/**
 * Finds what a run has left behind or changed in its worker. A worker that is not clean must not be used
 * again, because a handler's behaviour would depend on what ran before.
 *
 * A file's own variables are ignored, and so is what it does while it is imported. All accidents and most
 * deliberate changes are found. A file that evades the check harms only itself.
 */
export class Cleanliness {
  readonly handles = new LeftHandles();
  readonly #realm: RealmWatch;
  readonly #definitions: DefinitionWatch;
  readonly #process = new ProcessWatch();

  /**
   * Create it before any code of authors is loaded.
   *
   * @param ours modules passed to authors, by name
   */
  constructor(ours: Readonly<Record<string, object>> = {}) {
    const objects = watchedObjects(ours);
    this.#definitions = new DefinitionWatch(objects);
    this.#realm = new RealmWatch(objects);
    this.#process.remember();
    this.handles.remember();
  }

  /** Takes the current state as clean, after a handler's file is loaded. */
  remember(): void {
    this.#realm.remember();
    this.#definitions.remember();
    this.#process.remember();
    this.handles.remember();
  }

  /** Starts to watch what a run opens. */
  beginRun(): void {
    this.handles.begin();
  }

  /** Stops watching. */
  endRun(): void {
    this.handles.end();
  }

  /** What the run has left or changed; undefined for nothing. */
  async check(): Promise<SideEffect | undefined> {
    const changed = this.#findChanged();
    if (changed) return changed;
    // Node does not report which files are open. Those that a worker has opened are closed when it ends.
    if (lacksDescriptors(1)) return { phrase: 'used up all file descriptors' };
    let left = this.handles.find();
    for (const delay of recheckDelays) {
      if (left === undefined) return undefined;
      await (delay === 0 ? turn() : sleep(delay));
      left = this.handles.find();
    }
    return left && { ...left, phrase: `left ${left.phrase}` };
  }

  #findChanged(): SideEffect | undefined {
    const defined = this.#definitions.find();
    if (defined) return { phrase: `changed ${defined.name}`, site: defined.site };
    try {
      const changed = this.#realm.find() ?? this.#process.find();
      return changed === undefined ? undefined : { phrase: `changed ${changed}` };
    } catch {
      // A getter of the author's code threw.
      return { phrase: 'changed what every program shares' };
    }
  }
}
