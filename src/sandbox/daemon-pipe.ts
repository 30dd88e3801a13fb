import { Socket } from 'node:net';
import { endAll, markerVariable } from '../base/process-tree.ts';
import { encodeFrame, FrameDecoder, pipeDescriptor } from './frames.ts';

/** The way to the daemon, in a process that it has started to run authors' code. */
export interface DaemonPipe {
  send(channel: number, payload: Uint8Array): void;
  listen(onFrame: (channel: number, payload: Buffer) => void): void;
}

/**
 * Opens the pipe. When it closes the daemon is gone, however it ended: nothing of this group outlives it. Just to exit
 * would wait for workers, some of which may never end, and leave what they have started.
 */
export function openDaemonPipe(): DaemonPipe {
  const marker = String(process.env[markerVariable]);
  const pipe = new Socket({ fd: pipeDescriptor, readable: true, writable: true });
  // It is closed after that.
  pipe.on('error', () => {});
  pipe.on('close', () => endAll(marker));
  return {
    send: (channel, payload) => void pipe.write(encodeFrame(channel, payload)),
    listen: (onFrame) => {
      const decoder = new FrameDecoder(Number.POSITIVE_INFINITY, onFrame);
      pipe.on('data', (piece: Buffer) => decoder.push(piece));
    },
  };
}
