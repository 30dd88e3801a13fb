import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { lacksDescriptors } from '../base/shortage.ts';
import { DefinitionWatch } from './definition-watch.ts';
import { LeftHandles } from './left-handles.ts';
import { RealmWatch } from './object-watch.ts';
import { ProcessWatch } from './process-watch.ts';
import { watchedObjects } from './watched-objects.ts';

/** What a run has left or changed. */
export interface Uncleanness {
  /** What goes behind "the run left" or "the run changed": `left a server`, `changed Array.prototype.map`. */
  phrase: string;
  /** Where that was done, where it is known. */
  site?: Error;
}

/** Milliseconds between looks at something that may just be closing: most is gone after the next turn. */
const lastLooks = [0, 0, 0, 10, 20];

/**
 * Says what a run has left behind or changed in its worker. A worker that is not clean must not be used again: what
 * a handler finds would depend on what ran before.
 *
 * What is kept in a file's own variables is no business of ours, nor is what it does while it is imported. It finds
 * what happens by mistake, and most of what is done on purpose; whoever hides from it harms only their own file.
 */
export class Cleanliness {
  readonly handles = new LeftHandles();
  readonly #realm: RealmWatch;
  readonly #definitions: DefinitionWatch;
  readonly #process = new ProcessWatch();

  /**
   * To be made before any code of authors is loaded.
   *
   * @param ours modules that are handed to authors, by their names
   */
  constructor(ours: Readonly<Record<string, object>> = {}) {
    const objects = watchedObjects(ours);
    this.#definitions = new DefinitionWatch(objects);
    this.#realm = new RealmWatch(objects);
    this.remember();
  }

  /** Takes everything as it is now for clean: once a handler's file is loaded. */
  remember(): void {
    this.#realm.remember();
    this.#definitions.remember();
    this.#process.remember();
    this.handles.remember();
  }

  /** Begins to watch what a run opens. */
  beginRun(): void {
    this.handles.begin();
  }

  /** Ends watching what is opened. */
  endRun(): void {
    this.handles.end();
  }

  /** What the run has left or changed; undefined for nothing. */
  async check(): Promise<Uncleanness | undefined> {
    const changed = this.#findChanged();
    if (changed) return changed;
    // Node does not say which files are open. Those that a worker has opened are closed when it ends.
    if (lacksDescriptors(1)) return { phrase: 'left no file descriptor for others' };
    let left = this.handles.find();
    for (const pause of lastLooks) {
      if (left === undefined) return undefined;
      await (pause === 0 ? turn() : sleep(pause));
      left = this.handles.find();
    }
    return left && { ...left, phrase: `left ${left.phrase}` };
  }

  #findChanged(): Uncleanness | undefined {
    const defined = this.#definitions.find();
    if (defined) return { phrase: `changed ${defined.name}`, site: defined.site };
    try {
      const changed = this.#realm.find() ?? this.#process.find();
      return changed === undefined ? undefined : { phrase: `changed ${changed}` };
    } catch {
      // A getter of theirs that throws.
      return { phrase: 'changed what every program shares' };
    }
  }
}
