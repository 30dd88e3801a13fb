type Close = () => unknown;

/**
 * A stack of resources to close. Add each resource as soon as it is opened. `dispose()` closes them in
 * reverse order, continues when one fails, and throws the first error at the end.
 *
 * @example const store = disposables.use(await openStore(file))
 */
export class DisposableStack {
  readonly #stack: Close[] = [];
  #closing: Promise<void> | undefined;

  /** Registers a resource to be closed and returns it. */
  use<Resource extends { close(): unknown }>(resource: Resource): Resource {
    this.#stack.push(() => resource.close());
    return resource;
  }

  /** Registers a function to be called at the end. */
  defer(close: Close): void {
    this.#stack.push(close);
  }

  /** Closes everything once; a second call waits for the first. */
  dispose(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#stack.pop(); close; close = this.#stack.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
