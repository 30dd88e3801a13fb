import { maxMessageLength } from './message.ts';

/** The most that one action may be given. */
export interface ActionLimits {
  /** How many triggers. */
  triggers: number;
  /** Characters of a trigger. */
  triggerLength: number;
  /** Kilobytes of a payload, as JSON. */
  payload: number;
  /** Characters of a text in a payload. */
  payloadText: number;
  /** Characters of a message, and so of a text that is to be sent as one. */
  message: number;
}

/** The limits of actions where no configuration says otherwise. */
export const defaultActionLimits: Readonly<ActionLimits> = {
  triggers: 1_000,
  triggerLength: 255,
  payload: 64,
  payloadText: 10_000,
  message: maxMessageLength,
};

/** How many bytes a value has as JSON. */
export const jsonBytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');

/** How many bytes a number of kilobytes is. */
export const kilobytes = (count: number): number => count * 1024;
