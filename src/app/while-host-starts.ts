import { handlerEnvironment } from '../config/handler-environment.ts';
import { defaultUploadLimits, messageLimitOf } from '../config/upload-limits.ts';
import { configFile, handlerFiles, type Workspace } from '../config/workspace.ts';
import type { Hosts } from '../sandbox/hosts.ts';

export type { Hosts };

/**
 * Starts the process for handlers, if the workspace needs it in any case, and opens something with it. To load the
 * code for that takes about as long as the process needs to start.
 *
 * @param open passes the hosts on; import there what takes long to load
 */
export async function whileHostStarts<Opened>(
  workspace: Workspace,
  open: (hosts: Hosts | undefined) => Promise<Opened>,
): Promise<Opened> {
  const hosts = await prepareHosts(workspace);
  try {
    return await open(hosts);
  } catch (error) {
    await hosts?.close();
    throw error;
  }
}

/** With a configuration it is known only later how handlers run, and with which variables. */
async function prepareHosts(workspace: Workspace): Promise<Hosts | undefined> {
  const isConfigured = configFile(workspace) !== undefined || process.env.MESSENGER_BOTS_ISOLATION;
  if (isConfigured || handlerFiles(workspace).length === 0) return undefined;
  const { Hosts } = await import('../sandbox/hosts.ts');
  const hosts = new Hosts();
  hosts.prepare({
    messageLimit: messageLimitOf(defaultUploadLimits),
    environment: handlerEnvironment({ bots: { environment: [] }, keys: {} }),
  });
  return hosts;
}
