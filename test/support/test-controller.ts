import { onTestFinished } from 'vitest';
import type { Host } from '../../src/simulate/host.ts';
import { Controller } from '../../src/tui/controller.ts';
import type { State } from '../../src/tui/state/state.ts';
import type { FakeApi } from './fake-api.ts';
import { noRecording } from './no-recording.ts';

const nowhere = (): never => {
  throw new Error('this test has no daemon');
};

/** A workspace in which nothing can be asked. */
export const noHost: Host = {
  locate: nowhere,
  login: nowhere,
  openPlayground: nowhere,
  watchStatus: () => {},
  reload: nowhere,
  handlers: nowhere,
  clock: nowhere,
  ...noRecording,
  follow: () => {},
};

/** A controller over a state, without a screen, which talks to an API if one is given. */
export function openController(state: State, api?: FakeApi, host: Partial<Host> = {}) {
  const written: string[] = [];
  const exits: number[] = [];
  const asked: Array<'redraw' | 'suspend'> = [];
  const controller = new Controller(
    {
      host: { ...noHost, ...host },
      write: (text) => void written.push(text),
      exit: (code) => void exits.push(code),
      redraw: () => void asked.push('redraw'),
      suspend: () => void asked.push('suspend'),
    },
    state,
  );
  if (api) controller.address = { url: api.url, realtime: { url: '', key: '' } };
  onTestFinished(() => controller.close());
  return { controller, written, exits, asked };
}
