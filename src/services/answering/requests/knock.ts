import { permit } from '../../participants/assert-permitted.ts';
import { knock as knockAt } from '../../threads/knock-cooldown.ts';
import { type Answerer, actor, once } from './active-run.ts';

/** @throws NOT_PERMITTED when knocks are off, in the thread or in the configuration */
export const knock: Answerer<'knock'> = (active, { botId, silent, ignoreTimeout }, step) =>
  once(active, 'knock', step, async (store, current) => {
    const { services, thread } = current;
    permit(services.settings.knocksEnabled && thread.settings.knocks, 'Not authorized to knock.');
    const from = await actor(current, botId, store);
    await knockAt(services, store, thread, ignoreTimeout);
    const tell = () => services.events.emit('Knock', { thread, from, silent });
    return { answer: null, tell };
  });
