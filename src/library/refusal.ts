import { MessengerError } from '../index.ts';

/**
 * Turns what the product refused to do into an answer; every other error stays one.
 *
 * @example const added = await this.composer().reaction(this.message, '👋').catch(refusal);
 */
export function refusal(error: unknown): MessengerError {
  if (error instanceof MessengerError && error.code === 'EFFECT_REFUSED') return error;
  throw error;
}
