import type { PackagedBotInstallDTO, ResolvedBotHandlerDTO } from '../../authoring/descriptions.ts';
import type { TestedInstalls } from '../../authoring/packaged-bot.ts';
import { effectiveMatch } from '../../domain/effective-match.ts';
import { isMatchMethod, type MatchMethod } from '../../domain/match.ts';
import { splitTriggers } from '../../domain/triggers.ts';
import type { HandlerDescription, PackageDescription } from '../../sandbox/protocol.ts';
import type { AttachedAction } from '../../store/attached-actions.ts';
import type { Described } from '../handlers/described.ts';
import type { HandlerCatalogue } from '../handlers/handler-catalogue.ts';
import type { LintPlace } from './finding.ts';

/** Something that listens to messages: a handler that fixes its triggers, an installed action or an attached one. */
export interface Listener extends LintPlace {
  /** The alias of its handler. */
  handler: string;
  /** Its name in sentences. */
  name: string;
  match: MatchMethod;
  /** Empty with `any`. */
  triggers: readonly string[];
  /** Those of one group hear the same messages. */
  group: string;
}

type Places = Pick<HandlerCatalogue, 'placeOf'>;

/** Where the settings of a class, or another method of it, are written. */
export function placeOf(catalogue: Places, item: Described, method = 'getSettings'): LintPlace {
  const place = catalogue.placeOf(item, method);
  return { file: place?.file ?? null, line: place?.line ?? null };
}

/** A handler that leaves nothing to choose; undefined for one that does. */
export function listenerOf(catalogue: Places, handler: HandlerDescription): Listener | undefined {
  const { alias, matchMethod, triggers } = handler;
  if (matchMethod === null || (matchMethod !== 'any' && triggers === null)) return undefined;
  return {
    handler: alias,
    name: alias,
    ...effectiveMatch(handler, { match: matchMethod, triggers: null }),
    ...placeOf(catalogue, handler),
    group: 'handlers',
  };
}

/** The actions that a package would install. */
export function listenersOfPackage(
  catalogue: Places,
  packagedBot: PackageDescription,
  { resolved }: TestedInstalls,
): Listener[] {
  const place = placeOf(catalogue, packagedBot, 'installs');
  return resolved.map(({ handlerDTO, matchMethod, triggers }: ResolvedBotHandlerDTO) => ({
    handler: handlerDTO.alias,
    name: `${handlerDTO.alias} of ${packagedBot.class}`,
    match: matchMethod,
    triggers: splitTriggers(triggers),
    ...place,
    group: `package ${packagedBot.alias}`,
  }));
}

/** An attached action that can fire; undefined for one that cannot. */
export function listenerOfAction(
  catalogue: Places & Pick<HandlerCatalogue, 'find'>,
  { action, bot, thread }: AttachedAction,
): Listener | undefined {
  const handler = catalogue.find(action.handler);
  if (handler === undefined || !bot.enabled || !action.enabled) return undefined;
  return {
    handler: handler.alias,
    name: `${handler.alias} of ${bot.name} in ${thread.subject}`,
    ...effectiveMatch(handler, action),
    ...placeOf(catalogue, handler),
    group: `thread ${thread.id}`,
  };
}

/** The triggers of a handler's or a package's file, as they are written there. */
export interface WrittenTriggers extends LintPlace {
  handler: string;
  name: string;
  written: readonly string[];
  /** Null if it is chosen when the handler is attached. */
  match: MatchMethod | null;
}

/** The triggers in the settings of a handler, where they are stored in another form. */
export function writtenIn(catalogue: Places, handler: HandlerDescription): WrittenTriggers[] {
  const { alias, matchMethod: match, writtenTriggers: written } = handler;
  if (written === null) return [];
  return [{ handler: alias, name: alias, written, match, ...placeOf(catalogue, handler) }];
}

/** The lists of triggers in the parameters that a package installs handlers with. */
export function writtenInInstalls(catalogue: Places, packagedBot: PackageDescription): WrittenTriggers[] {
  const place = placeOf(catalogue, packagedBot, 'installs');
  return packagedBot.installs.flatMap(({ handler, data }: PackagedBotInstallDTO) =>
    data.flatMap(({ match, triggers }) => {
      if (handler.triggers !== null || !Array.isArray(triggers)) return [];
      const written = triggers.filter((one) => typeof one === 'string');
      const name = `${handler.alias} of ${packagedBot.class}`;
      return [
        {
          handler: handler.alias,
          name,
          written,
          match: handler.matchMethod ?? (isMatchMethod(match) ? match : null),
          ...place,
        },
      ];
    }),
  );
}
