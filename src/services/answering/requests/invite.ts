import { timestamp } from '../../../base/clock.ts';
import { createInvite, inviteData } from '../../threads/invites.ts';
import { type Answerer, actor, once } from './active-run.ts';

export const invite: Answerer<'invite'> = (active, { botId, minutes, codeEnding }, step) =>
  once(active, 'invite', step, async (store, current) => {
    const { services, thread } = current;
    const owner = await actor(current, botId, store);
    const expiresAt = minutes === null ? null : timestamp(services.clock.milliseconds() + minutes * 60_000);
    const made = await createInvite(services, store, thread, owner, { expiresAt, codeEnding });
    return { answer: inviteData(made) };
  });
