import path from 'node:path';
import { hostRegistrations, type Registration } from '../authoring/registration.ts';
import { stackOf } from '../base/errors.ts';
import { readSources } from '../config/local-imports.ts';

interface Registered extends Registration {
  /** The file that was being loaded. */
  loading: string;
}

/** How the name begins of what a file does not export, but registers by a call. */
const registered = 'registered ';

const nameOf = ({ kind, alias }: Registration): string => `${registered}${kind} ${alias}`;

/** Whether a class is known by a call that registers it. */
export const isRegistered = (exportName: string): boolean => exportName.startsWith(registered);

/** What the files of a workspace register by calls while they are loaded. */
export class Registrations {
  readonly #workspace: string;
  readonly #all: Registered[] = [];
  #loading: string | undefined;
  #isRecording = false;

  constructor(workspace: string) {
    this.#workspace = workspace;
    hostRegistrations({
      isLoading: () => this.#loading !== undefined,
      add: (registration) => this.#add(registration),
    });
  }

  /** Loads a file; what it registers meanwhile is its. */
  async during<Result>(file: string, load: () => Promise<Result>): Promise<Result> {
    this.#loading = file;
    this.#isRecording = true;
    try {
      return await load();
    } finally {
      this.#loading = undefined;
    }
  }

  /** Lets our own registering of what a file exports be none of the file's calls. */
  withoutRecording(file: string, register: () => void): void {
    this.#loading = file;
    this.#isRecording = false;
    register();
    this.#loading = undefined;
  }

  /**
   * The classes that a file registers, by their names. A call counts for the file that makes it and for all that
   * import that one: which of them is loaded first differs from thread to thread.
   */
  of(file: string): Array<[string, object]> {
    if (this.#all.length === 0) return [];
    const sources = new Set(readSources(file, this.#workspace).keys());
    const own = this.#all.filter(
      (each) => each.loading === file || isSubset(filesOf(each, this.#workspace), sources),
    );
    return own.map((each) => [nameOf(each), each.registered]);
  }

  /** The class of a name, whichever file was loaded when it was registered. */
  find(name: string): object | undefined {
    return this.#all.findLast((each) => nameOf(each) === name)?.registered;
  }

  #add(registration: Registration): void {
    if (this.#loading === undefined || !this.#isRecording) return;
    this.#all.push({ ...registration, loading: this.#loading });
  }
}

const isSubset = (files: readonly string[], sources: ReadonlySet<string>): boolean =>
  files.length > 0 && files.every((file) => sources.has(file));

/** The files of a workspace that a call went through. */
function filesOf({ site }: Registration, workspace: string): string[] {
  const lines = stackOf(site).replaceAll('file://', '').split('\n');
  return lines.flatMap((line) => {
    const start = line.indexOf(`${workspace}${path.sep}`);
    const file = start < 0 ? undefined : /^.*?(?=:\d+)/.exec(line.slice(start))?.[0];
    return file === undefined || file.includes('node_modules') ? [] : [file];
  });
}
