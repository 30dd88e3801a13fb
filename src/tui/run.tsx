import { render } from 'ink';
import type { Host } from '../simulate/host.ts';
import { start } from './actions/start.ts';
import { App } from './app.tsx';
import { Controller } from './controller.ts';
import { drawnBy } from './drawn.ts';
import { ControllerContext, ThemeContext } from './hooks/controller.ts';
import { withLog } from './state/log.ts';
import { initialState } from './state/state.ts';
import { Job } from './terminal/job.ts';
import { takePrinted } from './terminal/printed.ts';
import { Screen, sizeOf } from './terminal/screen.ts';
import { themeOf } from './theme.ts';

/** Options of the full screen. */
export interface TuiOptions {
  host: Host;
  /** The person who speaks first. */
  name: string;
  /** Whether a knock rings the bell of the terminal. */
  bell: boolean;
  /** Whether the mouse scrolls and clicks. */
  mouse: boolean;
  /** Ends the screen from outside. */
  signal: AbortSignal;
}

/**
 * Shows the full screen until the user leaves it. The terminal is always restored.
 *
 * @returns the exit code
 */
export async function runTui(options: TuiOptions): Promise<number> {
  const { name, signal } = options;
  let finish: (code: number) => void = () => {};
  const left = new Promise<number>((resolve) => {
    finish = resolve;
  });
  signal.addEventListener('abort', () => finish(0), { once: true });
  const { controller, close } = showScreen(options, finish);
  try {
    return await Promise.race([left, start(controller, name).then(() => left)]);
  } finally {
    controller.window.close();
    close();
    // Otherwise the process would wait for one more key.
    process.stdin.destroy();
  }
}

/** Shows the screen, and returns what closes it. */
function showScreen({ host, bell, mouse }: TuiOptions, exit: (code: number) => void) {
  const { stdin, stdout } = process;
  const controller: Controller = new Controller(
    {
      host,
      write: (sequence) => screen.send(sequence),
      redraw: () => screen.redraw(),
      suspend: () => job.suspend(),
      exit,
    },
    { ...initialState, bell, size: sizeOf(stdout) },
  );
  const screen = new Screen({
    stdout,
    mouse,
    drawn: () => drawnBy(controller.window),
    onResize: (size) => controller.window.resize(size),
  });
  const job = new Job({
    screen,
    stdin,
    onUnstoppable: () =>
      controller.window.focused.toast('No shell is there that could continue this window.', 'bad'),
  });
  const endPrinted = takePrinted((text) =>
    controller.store.update((state) =>
      withLog(state, {
        at: new Date().toISOString(),
        level: 'info',
        source: 'messenger',
        text: text.trimEnd(),
      }),
    ),
  );
  const restore = () => {
    screen.dispose();
    endPrinted();
  };
  process.once('exit', restore);
  // The message of a crash must appear on the normal screen.
  process.once('uncaughtExceptionMonitor', restore);
  screen.open();
  const ink = draw(controller, screen);
  const close = () => {
    ink.unmount();
    job.dispose();
    process.off('exit', restore);
    process.off('uncaughtExceptionMonitor', restore);
    restore();
  };
  return { controller, close };
}

/** Draws the state. With `debug`, Ink writes whole frames and leaves it to the screen how they get to the terminal. */
const draw = (controller: Controller, { stdout }: Screen) =>
  render(
    <ControllerContext.Provider value={controller}>
      <ThemeContext.Provider value={themeOf(process.env)}>
        <App />
      </ThemeContext.Provider>
    </ControllerContext.Provider>,
    { stdout, debug: true, exitOnCtrlC: false, patchConsole: false },
  );
