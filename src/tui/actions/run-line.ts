import { runLine as run } from '../../simulate/table.ts';
import type { Controller } from '../controller.ts';
import { ScreenSession } from '../screen-session.ts';
import type { Taken } from './sending.ts';

/** Runs a line that was typed or chosen, and shows its error. */
export async function runLine(controller: Controller, line: string, taken?: Taken): Promise<void> {
  await controller.attempt(() => run(new ScreenSession(controller, taken), line));
}
