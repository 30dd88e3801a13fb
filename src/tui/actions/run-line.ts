import { runLine as run } from '../../simulate/table.ts';
import type { Controller } from '../controller.ts';
import { ScreenSession } from '../screen-session.ts';

/** Runs a line that was typed or chosen, and shows its error. */
export async function runLine(controller: Controller, line: string): Promise<void> {
  await controller.attempt(() => run(new ScreenSession(controller), line));
}
