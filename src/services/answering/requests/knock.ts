import { asBotProvider } from '../../../domain/bot.ts';
import { botProfile } from '../../../domain/profile.ts';
import { assertPermitted } from '../../participants/assert-permitted.ts';
import { startKnockCooldown } from '../../threads/knock-cooldown.ts';
import { type Answerer, actor, runOnce } from './active-run.ts';

/** @throws NOT_PERMITTED when knocks are off, in the thread or in the configuration */
export const knock: Answerer<'knock'> = (active, { botId, silent, ignoreTimeout }, step) =>
  runOnce(active, 'knock', step, async (store, current) => {
    const { context, thread } = current;
    assertPermitted(context.settings().knocksEnabled && thread.settings.knocks, 'Not authorized to knock.');
    const bot = await actor(current, botId, store);
    await startKnockCooldown(context, { store, thread, ignoreTimeout });
    const event = { thread, from: asBotProvider(bot), profile: botProfile(bot), silent };
    const emit = () => context.events.emit('Knock', event);
    return { answer: null, emit };
  });
