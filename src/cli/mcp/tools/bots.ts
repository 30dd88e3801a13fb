import { z } from 'zod';
import { createError } from '../../../base/errors.ts';
import { detachAction } from '../../../services/bots/detach-action.ts';
import { actionsOf, attachHandler } from '../../../services/bots/playground.ts';
import { botsOfGroup } from '../../group-bots.ts';
import { actionJson, listedBotJson } from '../../json.ts';
import { inTarget } from '../../target.ts';
import { counted } from '../../text.ts';
import { actingUser, handlerName, parameters, targetOf, thread } from '../arguments.ts';
import { defineTool } from '../tool.ts';

export const listBots = defineTool({
  name: 'list_bots',
  title: 'List bots',
  description:
    'Lists the bots of a group with their actions: handler, match, triggers, cooldown, payload, and whether each is on.',
  effect: 'reads',
  input: { thread, as: actingUser },
  run: async ({ workspace }, input) => {
    const { group, bots } = await botsOfGroup(workspace, targetOf(input));
    const listed = bots.map(listedBotJson);
    const lines = listed.flatMap((bot) => [
      `${bot.name}: ${bot.enabled ? 'on' : 'off'}, cooldown ${bot.cooldown} s`,
      ...bot.actions.map(actionText),
    ]);
    const text = lines.length > 0 ? lines.join('\n') : `${group} has no bots.`;
    return { data: { group, bots: listed }, text };
  },
});

type ActionJson = ReturnType<typeof listedBotJson>['actions'][number];

function actionText(action: ActionJson): string {
  const { known, enabled, cooldown_until: until } = action;
  const state = known ? (enabled ? 'on' : 'off') : 'its handler is missing';
  const triggers = action.triggers.length > 0 ? action.triggers.join(' | ') : 'any message';
  const admins = action.admin_only ? ', for admins' : '';
  const cooldown = until === null ? `cooldown ${action.cooldown} s` : `on cooldown until ${until}`;
  return `  ${action.handler} [ ${triggers} ] ${action.match}, ${state}${admins}, ${cooldown} (${action.id})`;
}

export const attach = defineTool({
  name: 'attach',
  title: 'Attach a handler',
  description:
    'Attaches a handler to the first bot of a group, which is created if it is missing. From then on it answers there. Attaching a handler again adds another action.',
  effect: 'adds',
  input: { handler: handlerName, parameters, thread, as: actingUser },
  run: ({ workspace }, input) =>
    inTarget(
      targetOf(input),
      async ({ app, thread: group, user }) => {
        const { handler, parameters: params = {} } = input;
        const action = await attachHandler(app, { thread: group, user, handler, params });
        const triggers = action.triggers ?? 'any message';
        return {
          data: actionJson(action),
          text: `Attached ${action.handler} in ${group.subject}: ${triggers}. Its id is ${action.id}.`,
        };
      },
      { workspace },
    ),
});

export const detach = defineTool({
  name: 'detach',
  title: 'Detach a handler',
  description: 'Detaches the actions of a handler from the bots of a group, or only one of them.',
  effect: 'removes',
  input: {
    handler: z.string().describe('Alias of the handler, as list_bots has it.'),
    action: z.string().optional().describe('Id of the only action to detach, as list_bots has it.'),
    thread,
    as: actingUser,
  },
  run: ({ workspace }, { handler, action: id, ...target }) =>
    inTarget(
      targetOf(target),
      async ({ app, thread: group, user }) => {
        const all = await actionsOf(app, group);
        const found = all.filter(
          ({ action }) => action.handler === handler && (id === undefined || action.id === id),
        );
        if (found.length === 0) throw createError('NOT_FOUND', 'action', id ?? handler, group.subject ?? '');
        for (const each of found) await detachAction(app, { thread: group, user, ...each });
        const detached = found.map(({ action }) => actionJson(action));
        const text = `Detached ${counted(found.length, 'action')} of ${handler} from ${group.subject}.`;
        return { data: { detached }, text };
      },
      { workspace, onlyWhatIsThere: true },
    ),
});
