import {
  hostAllRegistrations,
  hostRegistrations,
  type Registration,
  type RegistrationHost,
} from '../authoring/registration.ts';
import { Registries } from '../authoring/registry.ts';

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

  readonly #host: RegistrationHost = {
    isLoading: () => this.#isLoading,
    add: (registration) => this.#isRecording && this.#all.push(registration),
    registries: new Registries(),
  };

  /** Does work of the file's code. It may register classes only while the file is loaded. */
  host<Result>(work: () => Result): Result {
    return hostRegistrations(this.#host, work);
  }

  /** Takes all code of this thread for that of the file, also where its context is lost. */
  hostAll(): void {
    hostAllRegistrations(this.#host);
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
      return await this.host(load);
    } finally {
      this.#isLoading = false;
      this.#isRecording = false;
    }
  }

  /** Registers the file's exports without recording that as calls of the file. */
  withoutRecording(register: () => void): void {
    this.#isLoading = true;
    this.host(register);
    this.#isLoading = false;
  }
}
