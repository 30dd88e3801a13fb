import type { BotClass } from './chat.ts';

/** Classes of this process, each as a module of its own with a name like that of a file. */
export class GivenClasses {
  /** The modules, by name. */
  readonly modules = new Map<string, object>();
  readonly #names = new Map<BotClass, string>();

  /** Adds a class, unless it is there. Returns the name of its module. */
  add(botClass: BotClass): string {
    const known = this.#names.get(botClass);
    if (known !== undefined) return known;
    const name = this.#freeName(botClass.name || 'a class without a name');
    this.#names.set(botClass, name);
    this.modules.set(name, { [botClass.name || 'default']: botClass });
    return name;
  }

  #freeName(name: string, count = 1): string {
    const free = count === 1 ? name : `${name} (${count})`;
    return this.modules.has(free) ? this.#freeName(name, count + 1) : free;
  }
}
