import { maxMessageLength } from './message.ts';

/** The limits of one action. */
export interface ActionLimits {
  /** How many triggers. */
  triggers: number;
  /** Characters of a trigger. */
  triggerLength: number;
  /** Kilobytes of a payload, as JSON. */
  payload: number;
  /** Characters of a text in a payload. */
  payloadText: number;
  /** Characters of a message, and of a text that is to be sent as one. */
  message: number;
}

/** The default limits of actions. */
export const defaultActionLimits: Readonly<ActionLimits> = {
  triggers: 1_000,
  triggerLength: 255,
  payload: 64,
  payloadText: 10_000,
  message: maxMessageLength,
};

/** The size of a value as JSON, in bytes. */
export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

/** Converts kilobytes to bytes. */
export const kilobytes = (count: number): number => count * 1024;
