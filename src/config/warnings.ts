import path from 'node:path';
import { nearest } from '../base/nearest.ts';
import { environmentVariables } from './environment.ts';
import type { Config } from './schema.ts';
import { configFile, otherConfigs, type Workspace } from './workspace.ts';

/** Variables that are read elsewhere than in the configuration. */
const otherVariables = ['BOT_AUTO_REGISTER_ALL', 'MESSENGER_SCREEN_READER'];

/**
 * Warns about what is ignored: configurations besides the one in use, and environment variables that look
 * like ours but are unknown.
 *
 * @param declared the variables that handlers read; without it, when no handlers are known, only variables
 *   that look like typos are reported
 */
export function configWarnings(
  workspace: Workspace,
  config: Pick<Config, 'keys' | 'bots'>,
  declared?: readonly string[],
  environment = process.env,
): string[] {
  const known = new Set([
    ...[...Object.keys(environmentVariables), ...otherVariables],
    ...[...Object.keys(config.keys), ...config.bots.environment, ...(declared ?? [])],
  ]);
  const unknown = Object.keys(environment)
    .filter((name) => prefix.test(name) && environment[name] && !known.has(name))
    .map((name) => ({ name, near: nearestVariable(name, known) }))
    .filter(({ near }) => declared !== undefined || near !== undefined);
  return [...unreadConfigs(workspace), ...unknown.map(variableWarning).sort()];
}

const prefix = /^(?:MESSENGER|BOT)_/;

/** The common prefix is ignored when names are compared. */
function nearestVariable(name: string, known: ReadonlySet<string>): string | undefined {
  const rests = new Map([...known].map((each) => [each.replace(prefix, ''), each]));
  return rests.get(nearest(name.replace(prefix, ''), rests.keys()) ?? '');
}

const variableWarning = ({ name, near }: { name: string; near: string | undefined }): string =>
  `The environment variable ${name} is unknown and has no effect.${near ? ` Did you mean "${near}"?` : ''}`;

function unreadConfigs(workspace: Workspace): string[] {
  const read = path.basename(configFile(workspace) ?? '');
  return otherConfigs(workspace).map((file) => `${path.basename(file)} is not read, since ${read} is there.`);
}
