import { hostRegistrations, type Registration } from '../authoring/registration.ts';

/** The name prefix of classes that a file registers by a call instead of exporting them. */
const registered = 'registered ';

const nameOf = ({ kind, alias }: Registration): string => `${registered}${kind} ${alias}`;

/** Whether a class was registered by a call. */
export const isRegistered = (exportName: string): boolean => exportName.startsWith(registered);

/** What this worker's file, and those that it imports, register by calls while it is loaded. */
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

  /** The registered classes, by name. */
  get all(): Array<[string, object]> {
    return this.#all.map((each) => [nameOf(each), each.registered]);
  }

  /** Loads the file and records what it registers. */
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

  /** Registers the file's exports without recording that as calls of the file. */
  withoutRecording(register: () => void): void {
    this.#isLoading = true;
    register();
    this.#isLoading = false;
  }
}
