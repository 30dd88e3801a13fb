import { parseExactJson } from '../../base/exact-json.ts';
import type { ShownBotJson } from '../../client/index.ts';
import { isRecord } from '../../domain/validation/coerce.ts';
import { openForm, pick, pickHandler, pickPackage, previewPackage } from '../actions/attaching.ts';
import { refreshBots } from '../actions/threads.ts';
import type { Controller } from '../controller.ts';
import { actionsOf } from '../state/bots.ts';
import type { State } from '../state/state.ts';
import { type Command, firstWord, missing } from './command.ts';

const botNames = ({ bots }: State): string[] => bots.map(({ name }) => name);

/** The defaults of a new bot. */
const newBot = { enabled: true, hide_actions: false, cooldown: 0 };

/** Commands for the bots of the open group. */
export const botCommands: readonly Command[] = [
  {
    name: 'bot',
    usage: 'add|on|off|remove NAME',
    summary: 'make a bot in this group, switch it, or remove it',
    choices: (state, before) => (before.length === 0 ? ['add', 'on', 'off', 'remove'] : botNames(state)),
    run: (controller, rest) => {
      const [word, name] = firstWord(rest);
      const act = name === '' ? undefined : botActs[word];
      return act ? act(controller, name) : missing(controller, 'Say what: /bot add NAME, or on, off, remove');
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
      ...new Set(bots.flatMap((bot) => actionsOf(bot).map(({ handler }) => handler.alias))),
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
    run: async (controller, rest) => {
      const { threadId } = controller.state;
      if (rest.trim() !== 'cooldowns') return missing(controller, 'Say what: /clear cooldowns');
      if (threadId === null) return;
      await controller.client.bots.clearCooldowns(threadId);
      controller.toast('Every bot and action may act again.', 'good');
      await refreshBots(controller);
    },
  },
];

const botActs: Record<string, (controller: Controller, name: string) => Promise<void>> = {
  add: async (controller, name) => {
    const { threadId } = controller.state;
    if (threadId === null) return;
    await controller.client.bots.create(threadId, { name, ...newBot });
    await refreshBots(controller);
    controller.toast(`${name} is here. /attach gives it something to do.`, 'good');
  },
  on: (controller, name) => withBot(controller, name, (bot) => enable(controller, bot, true)),
  off: (controller, name) => withBot(controller, name, (bot) => enable(controller, bot, false)),
  remove: (controller, name) =>
    withBot(controller, name, (bot) => controller.client.bots.remove(bot.thread_id, bot.id)),
};

async function enable(controller: Controller, bot: ShownBotJson, enabled: boolean): Promise<void> {
  const { id, thread_id, name, hide_actions, cooldown } = bot;
  await controller.client.bots.update(thread_id, id, { name, hide_actions, cooldown, enabled });
  controller.toast(`${name} is ${enabled ? 'on' : 'off'}.`, 'good');
}

async function withBot(
  controller: Controller,
  name: string,
  work: (bot: ShownBotJson) => Promise<unknown>,
): Promise<void> {
  const bot = controller.state.bots.find((each) => each.name === name);
  if (bot === undefined) return missing(controller, `There is no bot "${name}" here.`);
  await work(bot);
  await refreshBots(controller);
}

/** Attaches a handler to a bot. Opens lists and a form for missing arguments. */
async function attach(controller: Controller, rest: string): Promise<void> {
  const { bots } = controller.state;
  const { alias, named, json } = readAttach(rest);
  const bot = named === undefined && bots.length === 1 ? bots[0] : bots.find(({ name }) => name === named);
  if (bots.length === 0) return missing(controller, 'There is no bot here yet: /bot add NAME makes one.');
  if (bot === undefined && named !== undefined)
    return missing(controller, `There is no bot "${named}" here.`);
  if (bot === undefined) return pickBot(controller, `${alias} ${json}`.trim());
  if (alias === '') return pickHandler(controller, bot);
  const given = readJson(json);
  if (given === undefined)
    return missing(controller, 'The parameters are no JSON object; without any a form asks for them.');
  await openForm(controller, bot, alias, given);
}

/** Parses `HANDLER @BOT {…}`. The last two may be in any order, and parameters may contain `@`. */
function readAttach(rest: string): { alias: string; named: string | undefined; json: string } {
  const json = /\{.*\}/s.exec(rest)?.[0] ?? '';
  const [words = '', named] = rest.replace(json, ' ').split(/(?:^|\s)@/s, 2);
  const [alias, more] = firstWord(words.trim());
  // Everything else is treated as parameters, so that it is either parsed or reported.
  return { alias, named: named?.trim(), json: `${more}${json}` };
}

function pickBot(controller: Controller, words: string): void {
  const choices = controller.state.bots.map((bot) => ({
    label: bot.name,
    detail: actionsOf(bot)
      .map(({ handler }) => handler.alias)
      .join(', '),
    line: `/attach ${words} @${bot.name}`,
  }));
  pick(controller, 'Attach to which bot?', choices);
}

/** A JSON object, empty for an empty text; undefined for anything else. */
function readJson(text: string): Record<string, unknown> | undefined {
  if (text === '') return {};
  try {
    const value = parseExactJson(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function detach(controller: Controller, alias: string): Promise<void> {
  const { bots } = controller.state;
  const found = bots.flatMap((bot) =>
    actionsOf(bot)
      .filter(({ handler }) => handler.alias === alias)
      .map(({ id }) => ({ bot, id })),
  );
  if (found.length === 0) return missing(controller, `"${alias}" is not attached here.`);
  for (const { bot, id } of found) await controller.client.actions.remove(bot.thread_id, bot.id, id);
  controller.toast(`${alias} is detached.`, 'good');
  await refreshBots(controller);
}

async function install(controller: Controller, rest: string): Promise<void> {
  const { threadId } = controller.state;
  const [alias, word] = firstWord(rest);
  if (threadId === null) return;
  if (alias === '') return pickPackage(controller, threadId);
  if (word !== 'now') return previewPackage(controller, threadId, alias);
  const bot = await controller.client.packages.install(threadId, alias);
  controller.toast(`${bot.name} is installed.`, 'good');
  await refreshBots(controller);
}
