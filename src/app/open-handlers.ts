import { DisposableStack } from '../base/disposable-stack.ts';
import { registersHandlers } from '../config/config-bots.ts';
import { handlerEnvironment } from '../config/handler-environment.ts';
import { loadConfig } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { actionLimitsOf } from '../config/settings.ts';
import { messageLimitOf } from '../config/upload-limits.ts';
import { configWarnings } from '../config/warnings.ts';
import { configFile, handlerFiles, type Workspace } from '../config/workspace.ts';
import type { Hosts } from '../sandbox/hosts.ts';
import { catchInsideErrors } from '../sandbox/inside-errors.ts';
import type { GivenModules } from '../sandbox/loader.ts';
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
  /** Overrides `bots.isolation`. */
  isolation?: Config['bots']['isolation'] | undefined;
  /** How many handlers may run at once; `bots.concurrency` if left out. */
  workers?: number;
  /** Whether the process may end although this was not closed. */
  isUnreferenced?: boolean;
  /** Whether this process is messenger's alone, so that what nobody catches in it may fail the handler it comes from. */
  ownsProcess?: boolean;
  /** Modules of this process with handlers and packages, instead of the workspace's files. Needs isolation `none`. */
  given?: GivenModules | undefined;
}

/** Settings of a workspace that are ignored. */
export interface Warned {
  warnings: readonly string[];
}

/** What is needed to inspect handlers without a database. */
export interface HandlersApp extends Warned {
  config: Config;
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
  const { workspace, ownsProcess = false } = options;
  const config = await loadConfig(workspace);
  const disposables = new DisposableStack();
  if (ownsProcess) disposables.use(catchInsideErrors());
  const sandbox = disposables.use(openSandbox(options, config));
  try {
    const catalogue = await beginCatalogue(options, sandbox, config);
    await catalogue.whenLoaded();
    const warnings = handlerWarnings(workspace, config, catalogue);
    return { config, catalogue, sandbox, warnings, close: () => disposables.dispose() };
  } catch (error) {
    await disposables.dispose();
    throw error;
  }
}

export const catalogueSettings = (
  { workspace, library, given }: HandlersOptions,
  config: Config,
): CatalogueSettings => ({
  library: library ?? config.library,
  environment: (declared) => handlerEnvironment(config, declared),
  configFile: configFile(workspace) ?? 'messenger.config.ts',
  registering: given === undefined && registersHandlers(config) ? [configFile(workspace) ?? []].flat() : [],
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
  const { workspace, given } = options;
  const files = () => (given === undefined ? handlerFiles(workspace) : [...given.keys()]);
  const settings = catalogueSettings(options, config);
  const catalogue = new HandlerCatalogue(workspace.folder, files, sandbox, settings);
  await catalogue.begin();
  return catalogue;
}

/** Milliseconds within which a file of the workspace must load. */
const loadTimeout = 10_000;

export function openSandbox(
  { workspace, hosts, isolation, workers, given, isUnreferenced, onOutput = () => {} }: HandlersOptions,
  config: Config,
): Sandbox {
  const { bots } = config;
  return new Sandbox({
    hosts,
    given,
    isUnreferenced,
    environment: handlerEnvironment(config),
    isolation: isolation ?? bots.isolation,
    workspace: workspace.folder,
    threads: workers ?? bots.concurrency,
    timeout: bots.timeout,
    loadTimeout,
    memory: bots.memory,
    messageLimit: messageLimitOf(config.uploads.limits),
    limits: actionLimitsOf(config),
    onOutput,
  });
}
