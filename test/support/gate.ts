import { BroadcastChannel } from 'node:worker_threads';

/**
 * A statement of a handler that waits until {@link openGate} is called: it says `waiting` once it waits, so the
 * test knows when to open.
 */
export const waitingAt = (gate: string): string => `
  const { BroadcastChannel } = await import('node:worker_threads');
  const channel = new BroadcastChannel('${gate}');
  const opened = new Promise((resolve) => { channel.onmessage = resolve; });
  await this.composer().message('waiting');
  await opened;
  channel.close();`;

/** Lets all handlers go on that wait at a gate. */
export function openGate(gate: string): void {
  const channel = new BroadcastChannel(gate);
  channel.postMessage('open');
  channel.close();
}
