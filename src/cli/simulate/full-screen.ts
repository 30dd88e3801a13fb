import { DisposableStack } from '../../base/disposable-stack.ts';
import { MessengerError } from '../../base/errors.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { runTui } from '../../tui/run.tsx';
import { onInterrupt } from '../interrupt.ts';
import { ScreenHost } from './screen-host.ts';

/**
 * Shows the full screen for the workspace of this folder until the user leaves it.
 *
 * @param options whether a knock rings the bell, and the file into which the chat of the playground is recorded
 * @throws the reason why a daemon of this process had to end, such as DATABASE_GONE
 */
export async function fullScreen(
  name: string,
  { bell, record }: { bell: boolean; record?: string },
): Promise<void> {
  const disposables = new DisposableStack();
  const end = new AbortController();
  const release = onInterrupt(() => end.abort());
  try {
    const host = disposables.use(
      new ScreenHost(findWorkspace(process.cwd()), (reason) => end.abort(reason), record),
    );
    const code = await runTui({ host, name, bell, signal: end.signal });
    if (end.signal.reason instanceof MessengerError) throw end.signal.reason;
    // A signal has set its own.
    process.exitCode ??= code;
  } finally {
    await disposables.dispose();
    release();
  }
}
