import { MessengerError } from '../../base/errors.ts';
import { fieldLines } from '../../base/field-errors.ts';
import { counted } from '../../base/terminal-text.ts';
import { matchMessage } from '../../domain/match.ts';
import { formatTriggers, splitTriggers } from '../../domain/triggers.ts';
import type { FileProblem, HandlerDescription, PackageDescription } from '../../sandbox/protocol.ts';
import type { AttachedAction } from '../../store/attached-actions.ts';
import type { Described, DuplicateAlias, HandlerNotice } from '../handlers/described.ts';
import type { HandlerCatalogue } from '../handlers/handler-catalogue.ts';
import { nameList } from '../name-list.ts';
import { type Finding, finding, type LintPlace, quoted } from './finding.ts';
import { type Listener, placeOf } from './listeners.ts';
import { ordinaryMessages } from './ordinary-messages.ts';

type Places = Pick<HandlerCatalogue, 'placeOf'>;

const [ordinary = ''] = ordinaryMessages;

/** A file of the workspace that does not load. */
export function brokenFile({ file, message }: FileProblem): Finding {
  const [prefix = '', where = file, line] = /^(.+?\.\w+)(?::(\d+))?: /.exec(message) ?? [];
  const place: LintPlace = { file: where, line: line === undefined ? null : Number(line) };
  return finding('file-broken', place, {
    handler: null,
    message: message.slice(prefix.length),
    witness: null,
  });
}

/** Two classes with one alias. The message is one that only the second would answer, which is not used. */
export function takenAlias(catalogue: Places, { first, second, message }: DuplicateAlias): Finding {
  const heard = triggersOf(second);
  const witness = heard.find((trigger) => !fires(first, trigger)) ?? heard[0] ?? null;
  return finding('alias-taken', placeOf(catalogue, second), { handler: second.alias, message, witness });
}

const triggersOf = (item: Described): readonly string[] =>
  isHandler(item) ? (item.triggers ?? (item.matchMethod === 'any' ? [ordinary] : [])) : [];

const fires = (item: Described, message: string): boolean =>
  isHandler(item) &&
  triggersOf(item).some((trigger) => matchMessage(item.matchMethod ?? 'contains', trigger, message));

const isHandler = (item: Described): item is HandlerDescription => 'matchMethod' in item;

/** Triggers that a handler fixes although it answers everything. */
export function unusedTriggers(catalogue: Places, handler: HandlerDescription): Finding[] {
  const { alias, matchMethod, triggers } = handler;
  if (matchMethod !== 'any' || triggers === null) return [];
  const message = `${alias}: the match method "any" fires on every text, so the triggers ${nameList(triggers.map(quoted))} are never looked at. Remove them, or choose another match method.`;
  return [
    finding('unused-triggers', placeOf(catalogue, handler), { handler: alias, message, witness: ordinary }),
  ];
}

/** A handler whose required keys are missing. */
export function missingKeys(
  catalogue: Places,
  handler: HandlerDescription,
  { notices, listeners }: { notices: readonly HandlerNotice[]; listeners: readonly Listener[] },
): Finding[] {
  const { alias } = handler;
  const heard = listeners.find((listener) => listener.handler === alias);
  const witness = heard?.match === 'any' ? ordinary : (heard?.triggers[0] ?? null);
  return notices
    .filter((notice) => notice.handler === alias)
    .map(({ message }) =>
      finding('key-missing', placeOf(catalogue, handler), { handler: alias, message, witness }),
    );
}

/** The parameters of a package that its handlers reject. */
export function failedInstalls(
  catalogue: Places,
  packagedBot: PackageDescription,
  failed: ReadonlyArray<{ handler: string; data: Record<string, unknown>; errors: Record<string, string[]> }>,
): Finding[] {
  const place = placeOf(catalogue, packagedBot, 'installs');
  return failed.map(({ handler, data, errors }) => {
    const installed = packagedBot.installs.find((each) => each.handler.class === handler)?.handler;
    const witness = splitTriggers(formatTriggers(data.triggers))[0] ?? installed?.triggers?.[0] ?? null;
    const message = `${packagedBot.class} cannot install ${handler}: ${fieldLines(errors).join(' ')} Installing the package leaves it out. Correct its parameters in installs().`;
    return finding('install-fails', place, {
      handler: installed?.alias ?? packagedBot.alias,
      message,
      witness,
    });
  });
}

/** A package whose installs could not be tried at all. */
export function untriedInstalls(catalogue: Places, packagedBot: PackageDescription, error: unknown): Finding {
  if (!(error instanceof MessengerError)) throw error;
  const place = placeOf(catalogue, packagedBot, 'installs');
  return finding('install-fails', place, {
    handler: packagedBot.alias,
    message: error.message,
    witness: null,
  });
}

/**
 * The attached actions without a handler, by its alias.
 *
 * @param isBroken whether a file does not load, which may have the handler
 */
export function goneHandlers(attached: readonly AttachedAction[], isBroken: boolean): Finding[] {
  const byAlias = new Map<string, AttachedAction[]>();
  for (const each of attached)
    byAlias.set(each.action.handler, [...(byAlias.get(each.action.handler) ?? []), each]);
  return [...byAlias].map(([alias, actions]) => goneHandler(alias, actions, isBroken));
}

function goneHandler(alias: string, actions: readonly AttachedAction[], isBroken: boolean): Finding {
  const [first] = actions;
  const places = new Set(actions.map(({ bot, thread }) => `${bot.name} in ${thread.subject}`));
  const message = `${counted(actions.length, 'action')} (${nameList([...places])}) had the handler "${alias}", which is gone${isBroken ? ' or in a file that does not load' : ''}, so no message is answered. Bring back a handler with this alias, or remove the bot.`;
  const [witness = null] =
    first?.action.match === 'any' ? [ordinary] : splitTriggers(first?.action.triggers ?? null);
  return finding('handler-gone', { file: null, line: null }, { handler: alias, message, witness });
}
