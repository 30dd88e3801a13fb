import type { ActionJson } from '../../api/action.ts';
import { matchDescriptions } from '../../domain/match.ts';
import type { ActionView } from '../../services/bots/bot-views.ts';
import { presentHandler } from './handler.ts';
import { ownerTypes, presentProvider } from './provider.ts';

/** An action of a bot. */
export const presentAction = ({
  action,
  handler,
  owner,
  match,
  triggers,
  onCooldown,
}: ActionView): ActionJson => ({
  id: action.id,
  bot_id: action.botId,
  owner_id: action.owner.id,
  owner_type: ownerTypes[action.owner.type],
  created_at: action.createdAt,
  updated_at: action.updatedAt,
  enabled: action.enabled,
  admin_only: action.adminOnly,
  cooldown: action.cooldown,
  on_cooldown: onCooldown,
  match,
  // The original spells this word differently in its HTTP answers than in its documentation.
  match_description: matchDescriptions[match].replace('case-insensitive', 'case insensitive'),
  triggers,
  payload: action.payload,
  handler: presentHandler(handler),
  owner: presentProvider(owner),
});
