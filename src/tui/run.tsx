import { render } from 'ink';
import { start } from './actions/start.ts';
import { App } from './app.tsx';
import { Controller } from './controller.ts';
import { ControllerContext, ThemeContext } from './hooks/controller.ts';
import type { Host } from './host.ts';
import { themeOf } from './theme.ts';

/** The terminal's other screen, pastes marked as such; and back, with the cursor shown. */
const enter = '\u001b[?1049h\u001b[?2004h\u001b[2J\u001b[H';
const leave = '\u001b[?2004l\u001b[?1049l\u001b[?25h';

/** How many frames are drawn in a second at most: a key is seen within 16 ms. */
const maxFps = 60;

/** What the full screen is opened with. */
export interface TuiOptions {
  host: Host;
  /** Who speaks first. */
  name: string;
  /** Ends it from outside. */
  signal: AbortSignal;
}

/**
 * Shows the full screen until somebody leaves it; the terminal is left as it was found, however this ends.
 *
 * @returns the exit code
 */
export async function runTui({ host, name, signal }: TuiOptions): Promise<number> {
  const { stdout } = process;
  const restore = () => stdout.write(leave);
  process.once('exit', restore);
  // What a crash says is to be read on the screen that stays.
  process.once('uncaughtExceptionMonitor', restore);
  stdout.write(enter);
  let finish: (code: number) => void = () => {};
  const left = new Promise<number>((resolve) => {
    finish = resolve;
  });
  signal.addEventListener('abort', () => finish(0), { once: true });
  const controller = new Controller({ host, write: (text) => stdout.write(text), exit: finish });
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
    controller.close();
    ink.unmount();
    process.off('exit', restore);
    process.off('uncaughtExceptionMonitor', restore);
    restore();
    // Else the process would wait for one more key.
    process.stdin.destroy();
  }
}
