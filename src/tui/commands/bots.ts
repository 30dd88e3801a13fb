import { parseExactJson } from '../../base/exact-json.ts';
import type { BotJson } from '../../client/index.ts';
import { isRecord } from '../../domain/validation/coerce.ts';
import type { Desk } from '../desk.ts';
import { openForm, pick, pickHandler, pickPackage, previewPackage } from '../effects/attaching.ts';
import { refreshBots } from '../effects/threads.ts';
import type { State } from '../state/state.ts';
import { type Command, firstWord, missing } from './command.ts';

const botNames = ({ bots }: State): string[] => bots.map(({ name }) => name);

/** What a bot is made with where nothing else is said. */
const newBot = { enabled: true, hide_actions: false, cooldown: 0 };

/** The bots of the open group. */
export const botCommands: readonly Command[] = [
  {
    name: 'bot',
    usage: 'add|on|off|remove NAME',
    summary: 'make a bot in this group, switch it, or remove it',
    choices: (state, before) => (before.length === 0 ? ['add', 'on', 'off', 'remove'] : botNames(state)),
    run: (desk, rest) => {
      const [word, name] = firstWord(rest);
      const act = name === '' ? undefined : botActs[word];
      return act ? act(desk, name) : missing(desk, 'Say what: /bot add NAME, or on, off, remove');
    },
  },
  {
    name: 'attach',
    usage: '[HANDLER] [@BOT]',
    summary: 'give a bot something to do; a form asks for the parameters',
    choices: ({ bots, attachable }, before) =>
      before.length === 0 ? attachable : bots.map(({ name }) => `@${name}`),
    run: attach,
  },
  {
    name: 'detach',
    usage: 'HANDLER',
    summary: 'take a handler away from the bots of this group',
    choices: ({ bots }) => [
      ...new Set(bots.flatMap(({ actions = [] }) => actions.map((action) => action.handler.alias))),
    ],
    run: detach,
  },
  {
    name: 'install',
    usage: '[PACKAGE]',
    summary: 'install a packaged bot; what it brings is shown first',
    choices: ({ installable }, before) => (before.length === 0 ? installable : []),
    run: install,
  },
  {
    name: 'clear',
    usage: 'cooldowns',
    summary: 'let every bot and action of this group act again at once',
    choices: () => ['cooldowns'],
    run: async (desk, rest) => {
      const { threadId } = desk.state;
      if (rest.trim() !== 'cooldowns') return missing(desk, 'Say what: /clear cooldowns');
      if (threadId === null) return;
      await desk.client.bots.clearCooldowns(threadId);
      desk.toast('Every bot and action may act again.', 'good');
      await refreshBots(desk);
    },
  },
];

const botActs: Record<string, (desk: Desk, name: string) => Promise<void>> = {
  add: async (desk, name) => {
    const { threadId } = desk.state;
    if (threadId === null) return;
    await desk.client.bots.create(threadId, { name, ...newBot });
    await refreshBots(desk);
    desk.toast(`${name} is here. /attach gives it something to do.`, 'good');
  },
  on: (desk, name) => withBot(desk, name, (bot) => enable(desk, bot, true)),
  off: (desk, name) => withBot(desk, name, (bot) => enable(desk, bot, false)),
  remove: (desk, name) => withBot(desk, name, (bot) => desk.client.bots.remove(bot.thread_id, bot.id)),
};

async function enable(desk: Desk, bot: BotJson, enabled: boolean): Promise<void> {
  const { id, thread_id, name, hide_actions, cooldown } = bot;
  await desk.client.bots.update(thread_id, id, { name, hide_actions, cooldown, enabled });
  desk.toast(`${name} is ${enabled ? 'on' : 'off'}.`, 'good');
}

async function withBot(desk: Desk, name: string, work: (bot: BotJson) => Promise<unknown>): Promise<void> {
  const bot = desk.state.bots.find((each) => each.name === name);
  if (bot === undefined) return missing(desk, `There is no bot "${name}" here.`);
  await work(bot);
  await refreshBots(desk);
}

/** Which bot, which handler, then its parameters: what is not said is asked for. */
async function attach(desk: Desk, rest: string): Promise<void> {
  const { bots } = desk.state;
  const { alias, named, json } = readAttach(rest);
  const bot = named === undefined && bots.length === 1 ? bots[0] : bots.find(({ name }) => name === named);
  if (bots.length === 0) return missing(desk, 'There is no bot here yet: /bot add NAME makes one.');
  if (bot === undefined && named !== undefined) return missing(desk, `There is no bot "${named}" here.`);
  if (bot === undefined) return pickBot(desk, `${alias} ${json}`.trim());
  if (alias === '') return pickHandler(desk, bot);
  const given = readJson(json);
  if (given === undefined)
    return missing(desk, 'The parameters are no JSON object; without any a form asks for them.');
  await openForm(desk, bot, alias, given);
}

/** `HANDLER @BOT {…}`, the last two in any order; parameters may have an `@` in them. */
function readAttach(rest: string): { alias: string; named: string | undefined; json: string } {
  const json = /\{.*\}/s.exec(rest)?.[0] ?? '';
  const [words = '', named] = rest.replace(json, ' ').split(/(?:^|\s)@/s, 2);
  const [alias, more] = firstWord(words.trim());
  // What is neither the handler nor its bot belongs to the parameters: it is read, or told.
  return { alias, named: named?.trim(), json: `${more}${json}` };
}

function pickBot(desk: Desk, words: string): void {
  const choices = desk.state.bots.map(({ name, actions = [] }) => ({
    label: name,
    detail: actions.map(({ handler }) => handler.alias).join(', '),
    line: `/attach ${words} @${name}`,
  }));
  pick(desk, 'Attach to which bot?', choices);
}

/** An object of JSON text, empty where there is none; undefined for anything else. */
function readJson(text: string): Record<string, unknown> | undefined {
  if (text === '') return {};
  try {
    const value = parseExactJson(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function detach(desk: Desk, alias: string): Promise<void> {
  const { bots } = desk.state;
  const found = bots.flatMap((bot) =>
    (bot.actions ?? []).filter(({ handler }) => handler.alias === alias).map(({ id }) => ({ bot, id })),
  );
  if (found.length === 0) return missing(desk, `"${alias}" is not attached here.`);
  for (const { bot, id } of found) await desk.client.actions.remove(bot.thread_id, bot.id, id);
  desk.toast(`${alias} is detached.`, 'good');
  await refreshBots(desk);
}

async function install(desk: Desk, rest: string): Promise<void> {
  const { threadId } = desk.state;
  const [alias, word] = firstWord(rest);
  if (threadId === null) return;
  if (alias === '') return pickPackage(desk, threadId);
  if (word !== 'now') return previewPackage(desk, threadId, alias);
  const bot = await desk.client.packages.install(threadId, alias);
  desk.toast(`${bot.name} is installed.`, 'good');
  await refreshBots(desk);
}
