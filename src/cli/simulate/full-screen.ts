import { Closers } from '../../base/closers.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { runTui } from '../../tui/run.tsx';
import { onInterrupt } from '../interrupt.ts';
import { WorkspaceHost } from './workspace-host.ts';

/** Shows the full screen over the workspace of this folder until somebody leaves it. */
export async function fullScreen(name: string): Promise<void> {
  const closers = new Closers();
  const end = new AbortController();
  const release = onInterrupt(() => end.abort());
  try {
    const host = closers.add(new WorkspaceHost(findWorkspace(process.cwd()), () => end.abort()));
    const code = await runTui({ host, name, signal: end.signal });
    // A signal has its own.
    process.exitCode ??= code;
  } finally {
    await closers.close();
    release();
  }
}
