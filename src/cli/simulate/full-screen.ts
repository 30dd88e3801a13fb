import { DisposableStack } from '../../base/disposable-stack.ts';
import { MessengerError } from '../../base/errors.ts';
import { findWorkspace } from '../../config/workspace.ts';
import { runTui } from '../../tui/run.tsx';
import { onInterrupt } from '../interrupt.ts';
import { ScreenHost } from './screen-host.ts';

interface FullScreenOptions {
  /** Whether a knock rings the bell of the terminal. */
  bell: boolean;
  /** The file into which the chat of the playground is recorded. */
  record?: string;
  /** Whether the mouse scrolls and clicks. */
  mouse?: boolean;
}

/**
 * Shows the full screen for the workspace of this folder until the user leaves it.
 *
 * @throws the reason why a daemon of this process had to end, such as DATABASE_GONE
 */
export async function fullScreen(
  name: string,
  { bell, record, mouse = false }: FullScreenOptions,
): Promise<void> {
  const disposables = new DisposableStack();
  const end = new AbortController();
  const release = onInterrupt(() => end.abort());
  try {
    const host = disposables.use(
      new ScreenHost(findWorkspace(process.cwd()), (reason) => end.abort(reason), record),
    );
    const code = await runTui({ host, name, bell, mouse, signal: end.signal });
    if (end.signal.reason instanceof MessengerError) throw end.signal.reason;
    // A signal has set its own.
    process.exitCode ??= code;
  } finally {
    await disposables.dispose();
    release();
  }
}
