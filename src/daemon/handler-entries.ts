import type { App } from '../app.ts';

/** A handler that can be attached. */
export interface HandlerEntry {
  alias: string;
  class: string;
  name: string;
  description: string;
  /** What it still needs before it can work, one sentence each. */
  needs: string[];
}

/** All handlers that can be attached, ordered by name, once all files are loaded. */
export async function handlerEntries({ catalogue }: Pick<App, 'catalogue'>): Promise<HandlerEntry[]> {
  await catalogue.whenLoaded();
  return catalogue.all().map(({ alias, class: className, name, description }) => ({
    alias,
    class: className,
    name,
    description,
    needs: catalogue.noticesOf([alias]).map(({ message }) => message),
  }));
}
