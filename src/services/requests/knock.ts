import { failure } from '../../base/errors.ts';
import { knock as knockAt } from '../knock.ts';
import { type Answerer, actor, once } from './active-run.ts';

/** @throws NOT_PERMITTED when the thread's knocks are off */
export const knock: Answerer<'knock'> = (active, { botId, silent, ignoreTimeout }, step) =>
  once(active, 'knock', step, async (store) => {
    const { services, thread } = active;
    if (!thread.settings.knocks) throw failure('NOT_PERMITTED', 'Not authorized to knock.');
    const from = await actor(active, botId, store);
    await knockAt(services, store, thread, ignoreTimeout);
    const tell = () => services.events.emit('Knock', { thread, from, silent });
    return { answer: null, tell };
  });
