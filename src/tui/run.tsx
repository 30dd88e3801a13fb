import { render } from 'ink';
import type { Host } from '../simulate/host.ts';
import { start } from './actions/start.ts';
import { App } from './app.tsx';
import { Controller } from './controller.ts';
import { ControllerContext, ThemeContext } from './hooks/controller.ts';
import { themeOf } from './theme.ts';

/** Enters the alternate screen with bracketed paste; `leave` undoes this and shows the cursor. */
const enter = '\u001b[?1049h\u001b[?2004h\u001b[2J\u001b[H';
const leave = '\u001b[?2004l\u001b[?1049l\u001b[?25h';

/** Maximum frames per second, so that a key is visible within 16 ms. */
const maxFps = 60;

/** Options of the full screen. */
export interface TuiOptions {
  host: Host;
  /** The person who speaks first. */
  name: string;
  /** Whether a knock rings the bell of the terminal. */
  bell: boolean;
  /** Ends the screen from outside. */
  signal: AbortSignal;
}

/**
 * Shows the full screen until the user leaves it. The terminal is always restored.
 *
 * @returns the exit code
 */
export async function runTui({ host, name, bell, signal }: TuiOptions): Promise<number> {
  const { stdout } = process;
  const restore = () => stdout.write(leave);
  process.once('exit', restore);
  // The message of a crash must appear on the normal screen.
  process.once('uncaughtExceptionMonitor', restore);
  stdout.write(enter);
  let finish: (code: number) => void = () => {};
  const left = new Promise<number>((resolve) => {
    finish = resolve;
  });
  signal.addEventListener('abort', () => finish(0), { once: true });
  const controller = new Controller({ host, write: (text) => stdout.write(text), exit: finish });
  controller.store.set({ bell });
  const ink = render(
    <ControllerContext.Provider value={controller}>
      <ThemeContext.Provider value={themeOf(process.env)}>
        <App />
      </ThemeContext.Provider>
    </ControllerContext.Provider>,
    { exitOnCtrlC: false, patchConsole: true, maxFps },
  );
  try {
    return await Promise.race([left, start(controller, name).then(() => left)]);
  } finally {
    controller.window.close();
    ink.unmount();
    process.off('exit', restore);
    process.off('uncaughtExceptionMonitor', restore);
    restore();
    // Otherwise the process would wait for one more key.
    process.stdin.destroy();
  }
}
