/** Where handlers run. */
export type Isolation = 'thread' | 'process';

/** How a run ends: `handled`, or the code it fails with; where several are named, any of them. */
export type Ends = string | Record<Isolation, string>;

/**
 * A handler that does harm, or is merely clumsy: what it does, and how its run ends. `MARK` is in the environment of
 * what it starts, and nobody ever writes into `FIFO`.
 */
export type HostileHandler = [name: string, handle: string, ends: Ends];

/** Where only a process of its own can do something. */
export const notInThreads: Ends = { thread: 'HANDLER_THREW', process: 'handled' };
