import { hostRegistrations, type Registration } from '../authoring/registration.ts';

/** How the name begins of what a file does not export, but registers by a call. */
const registered = 'registered ';

const nameOf = ({ kind, alias }: Registration): string => `${registered}${kind} ${alias}`;

/** Whether a class is known by a call that registers it. */
export const isRegistered = (exportName: string): boolean => exportName.startsWith(registered);

/** What the one file of this worker, and those that it imports, register by calls while it is loaded. */
export class Registrations {
  #all: Registration[] = [];
  #isLoading = false;
  #isRecording = false;

  constructor() {
    hostRegistrations({
      isLoading: () => this.#isLoading,
      add: (registration) => this.#isRecording && this.#all.push(registration),
    });
  }

  /** The classes that are registered, by their names. */
  get all(): Array<[string, object]> {
    return this.#all.map((each) => [nameOf(each), each.registered]);
  }

  /** Loads the file; what it registers meanwhile is recorded. */
  async during<Result>(load: () => Promise<Result>): Promise<Result> {
    this.#all = [];
    this.#isLoading = true;
    this.#isRecording = true;
    try {
      return await load();
    } finally {
      this.#isLoading = false;
      this.#isRecording = false;
    }
  }

  /** Lets our own registering of what the file exports be none of its calls. */
  withoutRecording(register: () => void): void {
    this.#isLoading = true;
    register();
    this.#isLoading = false;
  }
}
