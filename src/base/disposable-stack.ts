type Close = () => unknown;

/**
 * A stack of things to close. Whatever is opened is added at once; `dispose()` runs backwards,
 * goes on past a closing that fails, and throws the first failure at the end.
 *
 * @example const store = disposables.use(await openStore(file))
 */
export class DisposableStack {
  readonly #stack: Close[] = [];
  #closing: Promise<void> | undefined;

  /** Registers the closing of a resource and gives the resource back. */
  use<Resource extends { close(): unknown }>(resource: Resource): Resource {
    this.#stack.push(() => resource.close());
    return resource;
  }

  /** Registers any work to be done at the end. */
  defer(close: Close): void {
    this.#stack.push(close);
  }

  /** Closes everything, once: a second call waits for the first. */
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
