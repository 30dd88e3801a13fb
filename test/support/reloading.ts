import { rmSync } from 'node:fs';
import path from 'node:path';
import { reloadHandlers } from '../../src/services/handlers/reload-handlers.ts';
import { exactBot, posting } from './bot-source.ts';
import { compileAhead } from './compile-ahead.ts';
import { writeFiles } from './temporary-folder.ts';
import { TestGroup } from './test-group.ts';

/** A handler that answers "hi" with a text. */
export const saying = (text: string, name = 'Echo'): string =>
  exactBot(name, 'hi', posting(JSON.stringify(text)));

/** A test group whose files are saved while it runs. */
export class Reloading {
  readonly testGroup: TestGroup;

  /** Opens a group with these files (by their names in `bots/`) with these handlers attached. */
  static async open(
    bots: Record<string, string>,
    attached: string[] = ['echo'],
    config: Parameters<typeof TestGroup.open>[1] = {},
  ): Promise<Reloading> {
    const testGroup = await TestGroup.alone(bots, config);
    for (const alias of attached) await testGroup.attach(alias);
    return new Reloading(testGroup);
  }

  constructor(testGroup: TestGroup) {
    this.testGroup = testGroup;
  }

  /** Saves files by their paths in the workspace, or removes those without a text. */
  save(files: Record<string, string | null>): string[] {
    const { folder } = this.testGroup.workspace;
    for (const [name, text] of Object.entries(files)) {
      if (text === null) rmSync(this.#path(name));
      else writeFiles(folder, { [name]: text });
    }
    compileAhead(
      folder,
      Object.keys(files).filter((name) => files[name] !== null),
    );
    return Object.keys(files).map((name) => this.#path(name));
  }

  /** Saves files and makes them live. */
  reload(files: Record<string, string | null>) {
    return reloadHandlers(this.testGroup.app, this.save(files));
  }

  /** What the bots answer. */
  say(body = 'hi'): Promise<string[]> {
    return this.testGroup.say('Ada', body);
  }

  #path(name: string): string {
    return path.join(this.testGroup.workspace.folder, name);
  }
}
