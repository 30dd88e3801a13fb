import type { Login } from '../simulate/host.ts';
import type { Controller } from './controller.ts';
import { type Beside, viewWidths, withBeside } from './state/beside.ts';
import { myself, type State } from './state/state.ts';

/** The views of a window, and which of them receives the keys. */
interface Views {
  readonly all: readonly Controller[];
  readonly focused: Controller;
  /** Those on the screen, from the left. */
  readonly shown: readonly Controller[];
}

/** A terminal window: the view of one person, or those of two side by side. They share their logins. */
export class TerminalWindow {
  readonly #logins = new Map<string, Login>();
  #views: Views;
  #size: State['size'];
  readonly #listeners = new Set<() => void>();
  readonly #unsubscribe = new Map<Controller, () => void>();

  constructor(first: Controller, size: State['size']) {
    this.#size = size;
    this.#views = { all: [first], focused: first, shown: [first] };
  }

  get views(): Views {
    return this.#views;
  }

  get focused(): Controller {
    return this.#views.focused;
  }

  tokenOf(id: string): string {
    return this.#logins.get(id)?.token ?? '';
  }

  /** Adds a login, so that the person can speak in each view, and in one that is about to be added. */
  logIn({ id, name, token }: Login, controller: Controller): void {
    this.#logins.set(id, { id, name, token });
    for (const { store } of new Set([...this.#views.all, controller]))
      store.update((state) =>
        state.people.some((person) => person.id === id)
          ? state
          : { ...state, people: [...state.people, { id, name }] },
      );
  }

  /** The view beside another one. */
  other(controller: Controller): Controller | undefined {
    return this.#views.all.find((each) => each !== controller);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The view in a column of the terminal, and its own first one; undefined between two views. */
  at(column: number): { controller: Controller; left: number } | undefined {
    let left = 0;
    for (const controller of this.#views.shown) {
      const { columns } = controller.state.size;
      if (column >= left && column < left + columns) return { controller, left };
      left += columns + 1;
    }
    return undefined;
  }

  /** Adds a view, which receives the keys. */
  add(controller: Controller): void {
    this.#arrange([...this.#views.all, controller], controller);
  }

  /** Closes a view. The other one remains. */
  remove(controller: Controller): void {
    const other = this.other(controller);
    if (other === undefined) return;
    controller.close();
    this.#arrange([other], other);
  }

  /** Gives the keys to a view. */
  focus(controller: Controller): void {
    this.#arrange(this.#views.all, controller);
  }

  resize(size: State['size']): void {
    this.#size = size;
    this.#arrange(this.#views.all, this.#views.focused);
  }

  close(): void {
    for (const controller of this.#views.all) controller.close();
  }

  #arrange(all: readonly Controller[], focused: Controller): void {
    const widths = viewWidths(this.#size.columns, all.length);
    const shown = widths.length === all.length ? all : [focused];
    const isSame =
      all === this.#views.all &&
      focused === this.#views.focused &&
      shown.length === this.#views.shown.length &&
      shown.every((each, place) => each === this.#views.shown[place]);
    this.#follow(all);
    for (const controller of all) {
      const columns = widths[shown.indexOf(controller)] ?? this.#size.columns;
      controller.store.set({ size: { ...this.#size, columns } });
    }
    if (!isSame) this.#views = { all, focused, shown };
    this.#describe();
    if (!isSame) for (const listener of this.#listeners) listener();
  }

  /** Keeps what each view knows of the other one up to date. */
  #follow(all: readonly Controller[]): void {
    for (const [controller, unsubscribe] of this.#unsubscribe) {
      if (all.includes(controller)) continue;
      unsubscribe();
      this.#unsubscribe.delete(controller);
    }
    for (const controller of all) {
      if (this.#unsubscribe.has(controller)) continue;
      this.#unsubscribe.set(
        controller,
        controller.store.subscribe(() => this.#describe()),
      );
    }
  }

  #describe(): void {
    for (const controller of this.#views.all)
      controller.store.update((state) => withBeside(state, this.#besideOf(controller)));
  }

  #besideOf(controller: Controller): Beside | null {
    const other = this.other(controller);
    if (other === undefined) return null;
    return {
      name: myself(other.state)?.name ?? '',
      isFocused: controller === this.#views.focused,
      isOnScreen: this.#views.shown.includes(controller),
      unread: other.state.threads.reduce((sum, thread) => sum + thread.unread_count, 0),
    };
  }
}
