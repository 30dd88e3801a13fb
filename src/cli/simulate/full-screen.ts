import { DisposableStack } from '../../base/disposable-stack.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { runTui } from '../../tui/run.tsx';
import { onInterrupt } from '../interrupt.ts';
import { ScreenHost } from './screen-host.ts';

/** Shows the full screen for the workspace of this folder until the user leaves it. */
export async function fullScreen(name: string): Promise<void> {
  const disposables = new DisposableStack();
  const end = new AbortController();
  const release = onInterrupt(() => end.abort());
  try {
    const host = disposables.use(new ScreenHost(findWorkspace(process.cwd()), () => end.abort()));
    const code = await runTui({ host, name, signal: end.signal });
    // A signal has set its own.
    process.exitCode ??= code;
  } finally {
    await disposables.dispose();
    release();
  }
}
