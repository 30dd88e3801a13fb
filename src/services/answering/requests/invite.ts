import { timestamp } from '../../../base/clock.ts';
import { asBotProvider } from '../../../domain/bot.ts';
import { createInvite, inviteData } from '../../threads/invites.ts';
import { type Answerer, actor, runOnce } from './active-run.ts';

export const invite: Answerer<'invite'> = (active, { botId, minutes, codeEnding }, step) =>
  runOnce(active, 'invite', step, async (store, current) => {
    const { context, thread } = current;
    const owner = asBotProvider(await actor(current, botId, store));
    const expiresAt = minutes === null ? null : timestamp(context.clock.milliseconds() + minutes * 60_000);
    const made = await createInvite(context, { store, thread, owner, options: { expiresAt, codeEnding } });
    return { answer: inviteData(made) };
  });
