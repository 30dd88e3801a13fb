import { effectRejected } from '../../../authoring/request-arguments.ts';
import type { Answerer } from './active-run.ts';

/** @throws EFFECT_REFUSED where requests go to the network, without asking us */
export const fetch: Answerer<'fetch'> = async ({ context, thread, signal }, request) => {
  const network = context.outside.networkOf(thread.id);
  if (network) return network.answer(request, signal);
  throw effectRejected('fetch', 'handlers of this thread send their requests themselves.');
};
