import { MessengerError } from '../index.ts';

/**
 * Returns the error of an effect that was rejected, such as a second reaction with the same emoji. Throws every
 * other error.
 *
 * @example const added = await this.composer().reaction(this.message, '👋').catch(rejectedEffect);
 */
export function rejectedEffect(error: unknown): MessengerError {
  if (error instanceof MessengerError && error.code === 'EFFECT_REFUSED') return error;
  throw error;
}
