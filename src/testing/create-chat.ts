import path from 'node:path';
import { inspect } from 'node:util';
import { z } from 'zod';
import { isHandlerClass } from '../authoring/package-settings.ts';
import { MovableClock } from '../base/clock.ts';
import { DisposableStack } from '../base/disposable-stack.ts';
import { createError, MessengerError } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import { didYouMean } from '../base/nearest.ts';
import { findWorkspace } from '../config/workspace.ts';
import { tableNetwork } from '../services/outside/network-table.ts';
import { type BotClasses, exportedBotClasses, givenBotClasses, requireBotClass } from './bot-classes.ts';
import type { BotClass, Chat, CreateChatOptions } from './chat.ts';
import { openEngine } from './engine.ts';
import { GivenClasses } from './given-classes.ts';
import { KitChat } from './kit-chat.ts';
import { keepingAlive, Turns } from './turns.ts';

/**
 * Opens a chat for a test: a group in memory, with real bots. Nothing is read from the workspace but its configuration,
 * and nothing is written. Close it, or let `await using` do that.
 *
 * @throws NOT_A_HANDLER, HANDLER_FILE_BROKEN, ALIAS_TAKEN, BOT_CLASS_NOT_EXPORTED, NETWORK_TABLE_INVALID,
 *   NETWORK_ANSWER_INVALID, CONFIG_INVALID, WRONG_USE
 * @example
 * const chat = await createChat({ bots: [HelloBot], clock: 'frozen' });
 * const { messages } = await chat.as('alice').say('hi');
 * await chat.close();
 */
export function createChat(options: CreateChatOptions = {}): Promise<Chat> {
  return keepingAlive(open(options));
}

async function open(options: CreateChatOptions): Promise<Chat> {
  assertOptions(options);
  const { bots = [], seed, network = {}, isolation = 'none' } = options;

  const listed = [...new Set(bots.map((bot) => requireBotClass(bot, 'createChat()')))];
  assertAliases(listed);
  const answers = tableNetwork(network, (url) => `Add it: createChat({ network: { '${url}': '…' } }).`);
  const disposables = new DisposableStack();
  const turns = new Turns();
  try {
    const { chat, classes } = await openChat(options, isolation, turns, disposables);
    chat.outside.use(chat.thread.id, { seed, network: answers });
    const kit = new KitChat({ chat, classes, turns, close: () => keepingAlive(disposables.dispose()) });
    for (const bot of listed) await addBot(kit, classes, bot);
    return kit;
  } catch (error) {
    await disposables.dispose();
    throw error;
  }
}

async function openChat(
  { clock: mode, workspace: folder = process.cwd(), onOutput = print }: CreateChatOptions,
  isolation: NonNullable<CreateChatOptions['isolation']>,
  turns: Turns,
  disposables: DisposableStack,
) {
  const workspace = findWorkspace(path.resolve(folder));
  const given = new GivenClasses();
  const isInside = isolation === 'none';
  const engine = disposables.use(
    await openEngine({
      workspace,
      isolation,
      onOutput,
      classes: isInside ? given : undefined,
      isUnreferenced: true,
    }),
  );
  const clock = new MovableClock();
  if (mode === 'frozen') clock.freeze();
  const chat = await engine.openChat({ clock, onError: turns.fail });
  const classes = isInside
    ? givenBotClasses(given, engine.catalogue)
    : exportedBotClasses(workspace.folder, engine.catalogue);
  return { chat, classes };
}

const print = (handler: string, line: string): void => console.log(`${handler}: ${line}`);

/** Makes a class known, and attaches it if it is a handler that needs no parameters. */
async function addBot(kit: KitChat, classes: BotClasses, bot: BotClass): Promise<void> {
  await classes.describe(bot);
  if (!isHandlerClass(bot)) return;
  try {
    await kit.attachNow(bot);
  } catch (error) {
    const needsParameters = error instanceof MessengerError && error.code === 'INVALID_PARAMETERS';
    if (!needsParameters) throw error;
  }
}

/** What the compiler checks where there is one. */
const optionsSchema = z.strictObject({
  bots: z.array(z.unknown(), 'It must be a list of classes').optional(),
  clock: oneOf('running', 'frozen'),
  seed: z.union([z.string(), z.number()], 'It must be a number or a text').optional(),
  network: z.record(z.string(), z.unknown(), 'It must be an object with answers').optional(),
  isolation: oneOf('none', 'thread', 'process'),
  workspace: z.string('It must be the path of a folder').optional(),
  onOutput: z.custom((value) => typeof value === 'function', 'It must be a function').optional(),
});

function oneOf(...known: readonly string[]) {
  return z.enum(known, `It must be one of ${known.join(', ')}`).optional();
}

/** @throws WRONG_USE */
function assertOptions(options: unknown): void {
  const [issue] = optionsSchema.safeParse(options).error?.issues ?? [];
  if (issue === undefined) return;
  const isUnknown = issue.code === 'unrecognized_keys';
  const [name = ''] = isUnknown ? issue.keys : issue.path.map(String);
  const given = isRecord(options) && name !== '' ? `${name}: ${shown(options[name])}` : shown(options);
  const problem = isUnknown
    ? `There is no such option.${didYouMean(name, Object.keys(optionsSchema.shape))}`
    : `${issue.message}.`;
  throw new MessengerError('WRONG_USE', `createChat() cannot use ${given}. ${problem}`);
}

const shown = (value: unknown): string =>
  typeof value === 'string' ? JSON.stringify(value) : inspect(value);

/** @throws ALIAS_TAKEN */
function assertAliases(bots: readonly BotClass[]): void {
  const handlers = new Map<unknown, BotClass>();
  for (const bot of bots.filter(isHandlerClass)) {
    // Wrong settings are reported when the class is described.
    const alias: unknown = bot.getSettings()?.alias;
    const other = handlers.get(alias);
    if (other) throw createError('ALIAS_TAKEN', String(alias), other.name, bot.name);
    handlers.set(alias, bot);
  }
}
