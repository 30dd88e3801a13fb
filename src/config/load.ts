import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createJiti } from 'jiti';
import { z } from 'zod';
import { failure, sentenceOf } from '../base/errors.ts';
import { type Config, configSchema, defineConfig } from './schema.ts';
import { configFile, type Workspace } from './workspace.ts';

/**
 * The configuration of a workspace: its file where there is one, the environment over it, defaults below.
 *
 * @throws CONFIG_INVALID
 */
export async function loadConfig(workspace: Workspace, environment = process.env): Promise<Config> {
  const file = configFile(workspace);
  const written = file === undefined ? {} : await read(file);
  const parsed = configSchema.safeParse(written);
  if (!parsed.success) throw failure('CONFIG_INVALID', file ?? 'no file', z.prettifyError(parsed.error));
  return withEnvironment(parsed.data, environment);
}

async function read(file: string): Promise<unknown> {
  const jiti = createJiti(import.meta.url, {
    virtualModules: { 'messenger-bots': { defineConfig } },
    fsCache: path.join(path.dirname(file), '.messenger', 'cache'),
    // A configuration that was saved is read again, with all it imports.
    moduleCache: false,
  });
  try {
    // Not imported: Node would keep a file that it can run itself for ever.
    const options = { filename: file, ext: '.mts', async: true, forceTranspile: true };
    return defaultOf(await jiti.evalModule(await readFile(file, 'utf8'), options));
  } catch (error) {
    throw failure('CONFIG_INVALID', file, sentenceOf(error));
  }
}

const defaultOf = (module: unknown): unknown =>
  typeof module === 'object' && module !== null && 'default' in module ? module.default : module;

/** The names of the original's environment variables stand over the file, and so do those of its keys. */
function withEnvironment(config: Config, environment: NodeJS.ProcessEnv): Config {
  const { MESSENGER_BOTS_ENABLED: enabled, BOT_AUTO_REGISTER_ALL: registerAll } = environment;
  return {
    ...config,
    bots: { ...config.bots, enabled: enabled ? isOn(enabled) : config.bots.enabled },
    library: (registerAll !== undefined && isOn(registerAll)) || config.library,
    keys: Object.fromEntries(
      Object.entries(config.keys).map(([name, key]) => [name, environment[name] || key]),
    ),
  };
}

const isOn = (text: string): boolean => ['1', 'true', 'on', 'yes'].includes(text.toLowerCase());
