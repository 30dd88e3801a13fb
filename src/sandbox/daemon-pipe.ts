import { Socket } from 'node:net';
import { endAll, markerVariable } from '../base/process-tree.ts';
import { encodeFrame, FrameDecoder, FrameWriter, pipeDescriptor } from './frames.ts';

/** The pipe to the daemon, in a process that it started to run authors' code. */
export interface DaemonPipe {
  /** Sends at once, also when the process is about to exit. */
  send(channel: number, payload: Uint8Array): void;
  /** Sends with everything else of this turn of the event loop. */
  sendSoon(channel: number, payload: Uint8Array): void;
  listen(onFrame: (channel: number, payload: Buffer) => void): void;
}

/**
 * Opens the pipe. When it closes, the daemon is gone, and the whole process group must end. A plain exit
 * would wait for workers, some of which may never end, and leave their child processes behind.
 */
export function openDaemonPipe(): DaemonPipe {
  const marker = String(process.env[markerVariable]);
  const pipe = new Socket({ fd: pipeDescriptor, readable: true, writable: true });
  // The pipe closes after an error.
  pipe.on('error', () => {});
  pipe.on('close', () => endAll(marker));
  const frames = new FrameWriter(pipe);
  return {
    sendSoon: (channel, payload) => frames.send(channel, payload),
    send: (channel, payload) => void pipe.write(encodeFrame(channel, payload)),
    listen: (onFrame) => {
      const decoder = new FrameDecoder(Number.POSITIVE_INFINITY, onFrame);
      pipe.on('data', (piece: Buffer) => decoder.push(piece));
    },
  };
}
