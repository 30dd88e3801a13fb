import { type Command, type CompletionData, firstWord } from '../command.ts';
import { loadBots } from '../load-bots.ts';
import { type AttachedAction, actionName, attachedActions, namedActions } from '../named-actions.ts';
import { reject, type Session } from '../session.ts';
import { readAttach } from './attach.ts';
import { triggersOf } from './bots.ts';

const actionNames = ({ bots }: CompletionData): string[] => attachedActions(bots).map(actionName);

/** Commands for single actions that are attached in the open group. */
export const actionCommands: readonly Command[] = [
  {
    name: 'detach',
    usage: 'ALIAS|ID [@BOT|all]',
    summary: 'detach an action; with "all", every action of a handler',
    isRecorded: true,
    choices: (known, before) => (before.length === 0 ? actionNames(known) : ['all']),
    run: detach,
  },
  {
    name: 'action',
    usage: '[on|off|edit|show ALIAS]',
    summary: 'list the actions, or switch, change or show one',
    isRecorded: true,
    choices: (known, before) => (before.length === 0 ? Object.keys(operations) : actionNames(known)),
    run: (session, rest) => {
      const [word, name] = firstWord(rest);
      if (word === '') return listActions(session);
      const operation = name === '' || !Object.hasOwn(operations, word) ? undefined : operations[word];
      return operation
        ? operation(session, name)
        : reject('Usage: /action on|off|edit|show ALIAS. Alone, it lists what is attached.');
    },
  },
];

const operations: Record<string, (session: Session, name: string) => Promise<void>> = {
  on: (session, name) => enable(session, name, true),
  off: (session, name) => enable(session, name, false),
  edit,
  show: async (session, name) => {
    const found = await oneAction(session, name, '/action show');
    if (found) session.show(detailsOf(found).join('\n'));
  },
};

/** An action as one line of a list. */
const summaryOf = (attached: AttachedAction): string => {
  const { id, enabled } = attached.action;
  return `${actionName(attached)} [ ${triggersOf(attached.action)} ]${enabled ? '' : ' off'} ${id}`;
};

/** Everything about an action, one fact on each line. */
function detailsOf({ bot, action }: AttachedAction): string[] {
  const { handler, match, enabled, admin_only, cooldown, on_cooldown, payload, owner, id } = action;
  return [
    `${handler.name} (${handler.alias}) of ${bot.name}: ${handler.description}`,
    `match: ${match}`,
    ...(action.triggers.length > 0 ? [`triggers: ${action.triggers.join(' | ')}`] : []),
    `enabled: ${enabled ? 'yes' : 'no'}`,
    `admins only: ${admin_only ? 'yes' : 'no'}`,
    `cooldown: ${cooldown} s${on_cooldown ? ', which is running' : ''}`,
    ...Object.entries(payload ?? {}).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    `attached by ${owner.name}`,
    `id: ${id}`,
  ];
}

async function listActions(session: Session): Promise<void> {
  const lines = attachedActions(await loadBots(session)).map(summaryOf);
  session.show(lines.join('\n') || 'Nothing is attached. /handlers lists what can be.');
}

/** The actions that a text names, by an alias, the class of the handler, or an id. Never none. */
async function actionsNamed(session: Session, text: string): Promise<AttachedAction[]> {
  const bots = await loadBots(session);
  const found = namedActions(bots, text);
  if (found.length > 0) return found;
  const [className, rest] = firstWord(text);
  const known = (await session.host.handlers()).find((handler) => handler.class === className);
  const ofClass = known ? namedActions(bots, `${known.alias} ${rest}`) : [];
  if (ofClass.length === 0) reject(`"${text}" is not attached.`);
  return ofClass;
}

/**
 * The one action that a text names. Among several, a full screen asks which; then the answer is undefined, and the
 * command runs again.
 *
 * @throws WRONG_USE
 */
async function oneAction(
  session: Session,
  text: string,
  command: string,
  more = '',
): Promise<AttachedAction | undefined> {
  const found = await actionsNamed(session, text);
  const [first, ...others] = found;
  if (others.length === 0) return first;
  if (session.dialogs === undefined) {
    const names = found.map((each) => `${actionName(each)} [ ${triggersOf(each.action)} ]`).join(', ');
    return reject(
      `"${text}" is attached ${found.length} times: ${names}. Name one of them. Nothing was done.`,
    );
  }
  const choices = found.map((each) => ({
    label: actionName(each),
    detail: `${each.action.enabled ? '' : 'off, '}${each.action.match}: ${triggersOf(each.action)}`,
    line: `${command} ${actionName(each)}${more}`,
  }));
  session.dialogs.pick('Which of these actions?', choices);
  return undefined;
}

async function detach(session: Session, rest: string): Promise<void> {
  if (rest === '') reject('Usage: /detach ALIAS. /action lists what is attached.');
  const all = /^(.+?)\s+all$/s.exec(rest)?.[1];
  const found =
    all === undefined ? await oneAction(session, rest, '/detach') : await actionsNamed(session, all);
  if (found === undefined) return;
  for (const { bot, action } of [found].flat())
    await session.manager.actions.remove(bot.thread_id, bot.id, action.id);
  const [{ action } = reject(`"${rest}" is not attached.`)] = [found].flat();
  session.notice(`Detached ${action.handler.alias}.`);
  await session.refresh('bots');
}

async function enable(session: Session, name: string, enabled: boolean): Promise<void> {
  const found = await oneAction(session, name, `/action ${enabled ? 'on' : 'off'}`);
  if (found) await change(session, found, { values: { enabled }, texts: {} });
}

/** Changes an action. A full screen asks in a form, which has what was given. */
async function edit(session: Session, rest: string): Promise<void> {
  const { alias, bot, parameters } = readAttach(rest);
  const name = bot === undefined ? alias : `${alias} @${bot}`;
  const given = Object.keys({ ...parameters.values, ...parameters.texts });
  const found = await oneAction(session, name, '/action edit', givenText(rest));
  if (found === undefined) return;
  if (session.dialogs) return session.dialogs.edit(found, parameters);
  if (given.length === 0)
    reject(`Say what changes, for example: /action edit ${name} cooldown=30. Nothing was done.`);
  await change(session, found, parameters);
}

/** What follows the name of an action and its bot. */
const givenText = (rest: string): string => {
  const parameters = /\s(?:\{|[^\s=@]+=).*$/s.exec(rest)?.[0] ?? '';
  return parameters.trimEnd();
};

async function change(
  session: Session,
  { bot, action }: AttachedAction,
  parameters: Parameters<Session['manager']['actions']['change']>[3],
): Promise<void> {
  const changed = await session.manager.actions.change(bot.thread_id, bot.id, action.id, parameters);
  const state = changed.enabled === action.enabled ? 'is changed' : changed.enabled ? 'is on' : 'is off';
  session.notice(`${actionName({ bot, action })} ${state}.`);
  await session.refresh('bots');
}
