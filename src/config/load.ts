import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createError, messageOf, wrapError } from '../base/errors.ts';
import { createJiti } from '../base/jiti.ts';
import { withRedirectedStdout } from '../base/redirect-stdout.ts';
import { markBotsSwitch } from './bots-switch.ts';
import { ConfigBots } from './config-bots.ts';
import { withEnvironment } from './environment.ts';
import { issuesText } from './issues.ts';
import { withoutExit } from './no-exit.ts';
import { type Config, configSchema } from './schema.ts';
import { mayLoop, withinLimit } from './time-limit.ts';
import { configFile, foreignConfig, type Workspace } from './workspace.ts';

/**
 * Loads the configuration of a workspace: its file if it has one, overridden by the environment, with
 * defaults for the rest.
 *
 * @throws CONFIG_INVALID
 */
export async function loadConfig(workspace: Workspace, environment = process.env): Promise<Config> {
  const file = configFile(workspace);
  const where = file ?? foreignConfig(workspace) ?? 'the environment';
  if (file === undefined && where !== 'the environment')
    throw createError('CONFIG_INVALID', where, unsupportedType(where));
  const bots = new ConfigBots();
  const written = file === undefined ? {} : await read(file, bots);
  if (typeof written !== 'object' || written === null || Array.isArray(written))
    throw createError(
      'CONFIG_INVALID',
      where,
      `it must export an object by default, and exports ${nameOf(written)}`,
    );
  const given = withEnvironment(written, environment);
  const parsed = configSchema.safeParse(given, once);
  if (!parsed.success) throw createError('CONFIG_INVALID', where, issuesText(parsed.error, environment));
  const config = withKeys(parsed.data, environment);
  bots.mark(config);
  markBotsSwitch(config, given);
  return config;
}

const unsupportedType = (file: string): string =>
  `files of the type "${path.extname(file)}" are not read. Name it messenger.config.ts, and let it say "export default { … };"`;

/** To compile a schema takes longer than to read one configuration. */
const once = { jitless: true };

/** Names a value's kind for an error. */
function nameOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

/** The module that authors import, by name, so that a configuration and a handler share one instance. */
const ownModule: string = 'messenger-bots';

async function read(file: string, bots: ConfigBots): Promise<unknown> {
  const { MessengerBots, ...others } = await import(ownModule);
  const jiti = createJiti(import.meta.url, {
    virtualModules: { [ownModule]: { ...others, MessengerBots: bots.over(MessengerBots) } },
    workspace: path.dirname(file),
    // A saved configuration is read again, with everything that it imports.
    moduleCache: false,
  });
  try {
    // Not imported: Node would cache a file that it can run itself forever.
    const options = { filename: file, ext: '.mts', async: true, forceTranspile: true };
    const text = await readFile(file, 'utf8');
    const load = async () => jiti.evalModule(text, options);
    const invalid = (reason: string) => createError('CONFIG_INVALID', file, reason).message;
    const bounded = () => withinLimit(load, invalid, mayLoop(text));
    return defaultOf(await withRedirectedStdout(() => withoutExit(() => bots.during(bounded))));
  } catch (error) {
    throw wrapError(error, 'CONFIG_INVALID', file, messageOf(error));
  }
}

const defaultOf = (module: unknown): unknown =>
  typeof module === 'object' && module !== null && 'default' in module ? module.default : module;

/** The service keys. The environment overrides the file. */
const withKeys = (config: Config, environment: NodeJS.ProcessEnv): Config => ({
  ...config,
  keys: Object.fromEntries(
    Object.entries(config.keys).map(([name, key]) => [name, environment[name] || key]),
  ),
});
