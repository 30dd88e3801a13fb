export { ApiError } from './api-error.ts';
export { type Client, createClient } from './client.ts';
export type { PusherEvent } from './realtime/protocol.ts';
export { Realtime, type RealtimeStatus } from './realtime/realtime.ts';
export type { FileKind } from './resources/files.ts';
export type * from './types.ts';
