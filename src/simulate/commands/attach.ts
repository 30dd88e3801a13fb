import { invalidParameters } from '../../base/errors.ts';
import { type ActionJson, ApiError, type ShownBotJson } from '../../client/index.ts';
import { type Parameters, parseParameters } from '../../domain/parameters.ts';
import { playgroundName } from '../../domain/thread.ts';
import { type Command, entryLines, firstWord } from '../command.ts';
import { botNamed, loadBots } from '../load-bots.ts';
import { type Dialogs, groupOf, reject, type Session } from '../session.ts';
import { actionsOf } from '../visible-actions.ts';
import { newBot, triggersOf } from './bots.ts';

/** Commands for what the bots of the open group do. */
export const attachCommands: readonly Command[] = [
  {
    name: 'attach',
    usage: 'ALIAS [@BOT] [{…}] [KEY=VALUE]',
    summary: 'give a bot something to do; the full screen asks for the parameters',
    isRecorded: true,
    asksForMissing: true,
    choices: ({ bots, attachable }, before) =>
      before.length === 0 ? attachable : bots.map(({ name }) => `@${name}`),
    run: attach,
  },
  { name: 'handlers', usage: '', summary: 'list the handlers that can be attached', run: listHandlers },
];

/** What `/attach` was given. */
interface Given {
  alias: string;
  bot: string | undefined;
  parameters: Parameters;
}

/** Attaches a handler to a bot. On the full screen, lists and a form ask for what is missing. */
async function attach(session: Session, rest: string): Promise<void> {
  const { dialogs } = session;
  const given = readAttach(rest);
  if (dialogs) return askAndAttach(session, dialogs, given, rest);
  if (given.alias === '') reject('Usage: /attach ALIAS {…}. /handlers lists the aliases.');
  const bots = await loadBots(session);
  const bot = given.bot === undefined ? await defaultBot(session, bots) : botNamed(bots, given.bot);
  const action = await attachTo(session, bot, given);
  session.notice(`Attached ${action.handler.alias}: ${triggersOf(action)}.`);
  const handlers = await session.host.handlers();
  const needs = handlers.find(({ alias }) => alias === action.handler.alias)?.needs ?? [];
  for (const need of needs) session.notice(need);
}

/**
 * Parses `ALIAS @BOT {…} key=value`. All but the alias may come in any order. JSON begins with a brace at the
 * start of a word, and the name of a bot ends before the next `key=value`.
 *
 * @throws WRONG_USE
 */
export function readAttach(rest: string): Given {
  const json = /(?<!\S)\{(?:.*\}|.*$)/s.exec(rest)?.[0] ?? '';
  const words = rest.replace(json, () => ' ');
  const [, before = words, bot, behind = ''] =
    /^(.*?)(?:(?<!\S)@(.*?)((?:\s[^\s=]+=.*)?))?$/s.exec(words) ?? [];
  const [alias, others] = firstWord(before);
  const written = `${others} ${behind}`.split(/\s+/).filter(Boolean);
  const parameters = parseParameters(json === '' ? written : [json, ...written]);
  return { alias, bot: bot?.trim(), parameters };
}

async function askAndAttach(session: Session, dialogs: Dialogs, given: Given, rest: string): Promise<void> {
  const bots = await loadBots(session);
  const [first, ...others] = bots;
  if (first === undefined) return reject('There is no bot here yet: /bot add NAME makes one.');
  if (given.bot === undefined && others.length > 0) return pickBot(dialogs, bots, rest);
  const bot = given.bot === undefined ? first : botNamed(bots, given.bot);
  if (given.alias === '') return pickHandler(session, dialogs, bot);
  await dialogs.fill(bot, await aliasOf(session, given.alias), given.parameters);
}

function pickBot(dialogs: Dialogs, bots: readonly ShownBotJson[], rest: string): void {
  const choices = bots.map((bot) => ({
    label: bot.name,
    detail: actionsOf(bot)
      .map(({ handler }) => handler.alias)
      .join(', '),
    line: `/attach ${rest} @${bot.name}`,
  }));
  dialogs.pick('Attach to which bot?', choices);
}

async function pickHandler(session: Session, dialogs: Dialogs, bot: ShownBotJson): Promise<void> {
  const handlers = await session.manager.handlers.list(bot.thread_id, bot.id);
  const choices = handlers.map(({ alias, description }) => ({
    label: alias,
    detail: description,
    line: `/attach ${alias} @${bot.name}`,
  }));
  dialogs.pick(`Attach to ${bot.name}`, choices);
}

/** The first bot of the group, or the playground's own bot, created if missing. */
async function defaultBot(session: Session, bots: readonly ShownBotJson[]): Promise<{ id: string }> {
  const threadId = groupOf(session);
  const { name: group } = await session.manager.threads.show(threadId);
  const name = `${group}Bot`;
  const found = group === playgroundName ? bots.find((bot) => bot.name === name) : bots[0];
  return found ?? session.manager.bots.create(threadId, { name, ...newBot });
}

/** Attaches with parameters as a person wrote them. The errors by field name the handler. */
async function attachTo(
  session: Session,
  bot: { id: string },
  { alias, parameters }: Given,
): Promise<ActionJson> {
  try {
    return await session.manager.handlers.attach(groupOf(session), bot.id, alias, parameters);
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'INVALID_PARAMETERS')) throw error;
    const known = (await session.host.handlers()).find((one) => one.alias === alias || one.class === alias);
    throw invalidParameters(known?.name ?? alias, error.errors);
  }
}

/** The alias of a handler that may be named by its class. */
async function aliasOf(session: Session, name: string): Promise<string> {
  const handlers = await session.host.handlers();
  return handlers.find((one) => one.class === name)?.alias ?? name;
}

async function listHandlers(session: Session): Promise<void> {
  session.show(entryLines(await session.host.handlers()));
}
