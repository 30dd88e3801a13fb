import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { filesBelow } from '../support/sources.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { Project } from './project.ts';

/** The compilers that authors have, by the names under which one project can have them all. */
const compilers = { typescript5: '~5.9.0', typescript6: '~6.0.0', typescript7: '~7.0.0' };

const pages = ['README.md', ...filesBelow('docs', '.md')];

/** The TypeScript that a page shows, each as the file it belongs into. */
const snippetsOf = (page: string): Array<{ name: string; text: string }> =>
  [...readFileSync(packageFile(page), 'utf8').matchAll(/^```(?:ts|tsx|typescript)\n([\s\S]*?)^```/gm)].map(
    ([, text = '']) => ({ name: /export default class (\w+)/.exec(text)?.[1] ?? 'messenger.config', text }),
  );

/** What is a handler or a package goes to `bots/`; each configuration has a folder of its own. */
const filesOf = (page: string, ending: string): Record<string, string> =>
  Object.fromEntries(
    snippetsOf(page).map(({ name, text }, index) =>
      name === 'messenger.config'
        ? [`${path.basename(page)}/${index}/${name}.${ending}`, text]
        : [`bots/${name}.ts`, text],
    ),
  );

test('the pages show handlers, packages and configurations', () => {
  const names = pages.flatMap(snippetsOf).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['HelloBot', 'ReplyBot', 'HelpPackage', 'QuoteBot', 'messenger.config']),
  );
});

/** An author's own names for what the package hands out: the compiler writes the types of all of them. */
const inferred = `import { type BotActionHandler, defineConfig, type InstallParameters, MessengerBots } from 'messenger-bots';
import { ReplyBot } from 'messenger-bots/library';
import { type ChatAssertion, createChat, expect, matchers, type Outcome } from 'messenger-bots/testing';

export const config = defineConfig({});
export const { listeners, http, bots } = config;
export const listener = config.listeners?.NewMessage;
export const methods = [MessengerBots.MATCH_ANY, MessengerBots.MATCH_EXACT];
export const composer = (handler: BotActionHandler) => handler.composer().silent();
export const post = (handler: BotActionHandler) => handler.composer().message('hi');
export const people = (handler: BotActionHandler) => handler.thread.participants();
export const about = ({ message, thread, bot, action }: BotActionHandler) => ({ message, thread, bot, action });
export const openChat = () => createChat({ bots: [ReplyBot], network: { '*': 'hi' } });
export const said = (outcome: Outcome) => ({ ...outcome, assertion: expect(outcome) });
export const own: { assertion?: ChatAssertion; matchers: typeof matchers } = { matchers };
export const parameters = (given: InstallParameters<typeof ReplyBot>) => ({ ...given });
`;

describe.each([
  ['module', 'ts'],
  ['commonjs', 'mts'],
])('in a project of type %s', (type, ending) => {
  const atEnd = endAfterAll();
  let project: Project;
  beforeAll(async () => {
    const packages = Object.entries(compilers).map(([name, version]) => `${name}@npm:typescript@${version}`);
    // Nothing here opens a database, so none has to be compiled.
    project = await Project.create(atEnd, { type }, ['--ignore-scripts', ...packages]);
    for (const words of [
      ['make:bot', 'MadeBot'],
      ['make:packaged-bot', 'MadePackage'],
    ])
      expect(await project.messenger(words)).toMatchObject({ code: 0, stderr: '' });
    for (const page of pages) project.write(filesOf(page, ending));
    project.write({ 'bots/inferred.ts': inferred });
  });

  test.each(Object.keys(compilers))('%s compiles all of it, set up by tsc --init', async (compiler) => {
    const tsc = project.file(`node_modules/${compiler}/bin/tsc`);
    rmSync(project.file('tsconfig.json'), { force: true });
    expect(await project.node([tsc, '--init'])).toMatchObject({ code: 0 });
    const compiled = await project.node([tsc, '--outDir', 'node_modules/.out', '--listFiles']);
    const lines = compiled.stdout.split('\n');
    expect(lines.filter((line) => line.includes('error TS'))).toEqual([]);
    expect(lines).toEqual(
      expect.arrayContaining(
        ['bots/HelpPackage.ts', 'bots/MadePackage.ts', 'bots/inferred.ts'].map((file) => project.file(file)),
      ),
    );
    expect(compiled.code).toBe(0);
  });
});
