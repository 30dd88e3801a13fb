import { registersHandlers } from '../config/config-bots.ts';
import { handlerEnvironment } from '../config/handler-environment.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { actionLimitsOf } from '../config/settings.ts';
import { messageLimitOf } from '../config/upload-limits.ts';
import { configWarnings } from '../config/warnings.ts';
import { configFile, handlerFiles, type Workspace } from '../config/workspace.ts';
import type { Hosts } from '../sandbox/hosts.ts';
import { Sandbox } from '../sandbox/sandbox.ts';
import { type CatalogueSettings, HandlerCatalogue } from '../services/handlers/handler-catalogue.ts';

/** How to open the handlers of a workspace. */
export interface HandlersOptions {
  workspace: Workspace;
  /** Registers all ready-made handlers and packages, overriding the configuration. */
  library?: boolean;
  /** Called with each line that handlers print. */
  onOutput?: (handler: string, line: string) => void;
  /** Processes for handlers that were started before. Closed with what is opened. */
  hosts?: Hosts | undefined;
}

/** Settings of a workspace that are ignored. */
export interface Warned {
  warnings: readonly string[];
}

/** What is needed to inspect handlers without a database. */
export interface HandlersApp extends Warned {
  catalogue: HandlerCatalogue;
  sandbox: Sandbox;
  close(): Promise<void>;
}

/**
 * Opens only the handlers of a workspace, to check them. No database is opened.
 *
 * @throws CONFIG_INVALID
 */
export async function openHandlers(options: HandlersOptions): Promise<HandlersApp> {
  const config = await loadConfig(options.workspace);
  const sandbox = openSandbox(options, config);
  try {
    const catalogue = await beginCatalogue(options, sandbox, config);
    await catalogue.whenLoaded();
    const warnings = handlerWarnings(options.workspace, config, catalogue);
    return { catalogue, sandbox, warnings, close: () => sandbox.close() };
  } catch (error) {
    await sandbox.close();
    throw error;
  }
}

export const catalogueSettings = (
  { workspace, library }: HandlersOptions,
  config: Config,
): CatalogueSettings => ({
  library: library ?? config.library,
  environment: (declared) => handlerEnvironment(config, declared),
  configFile: configFile(workspace) ?? 'messenger.config.ts',
  registering: registersHandlers(config) ? [configFile(workspace) ?? []].flat() : [],
});

/** Variables that handlers read are not reported as typos. Handlers still loading are searched as text. */
export function handlerWarnings(workspace: Workspace, config: Config, catalogue: HandlerCatalogue): string[] {
  if (!catalogue.isLoading) return configWarnings(workspace, config, catalogue.variables());
  const environment = [...config.bots.environment, ...catalogue.mentionedVariables()];
  return configWarnings(workspace, { ...config, bots: { ...config.bots, environment } });
}

export async function beginCatalogue(
  options: HandlersOptions,
  sandbox: Sandbox,
  config: Config,
): Promise<HandlerCatalogue> {
  const { workspace } = options;
  const settings = catalogueSettings(options, config);
  const catalogue = new HandlerCatalogue(workspace.folder, () => handlerFiles(workspace), sandbox, settings);
  await catalogue.begin();
  return catalogue;
}

/** Milliseconds within which a file of the workspace must load. */
const loadTimeout = 10_000;

export function openSandbox(
  { workspace, hosts, onOutput = () => {} }: HandlersOptions,
  config: Config,
): Sandbox {
  const { bots } = config;
  return new Sandbox({
    hosts,
    environment: handlerEnvironment(config),
    isolation: bots.isolation,
    workspace: workspace.folder,
    threads: bots.concurrency,
    timeout: bots.timeout,
    loadTimeout,
    memory: bots.memory,
    messageLimit: messageLimitOf(config.uploads.limits),
    limits: actionLimitsOf(config),
    onOutput,
  });
}
