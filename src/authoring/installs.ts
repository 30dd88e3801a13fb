import type { z } from 'zod';
import type { MatchMethod } from '../domain/match.ts';
import type { BotActionHandlerClass } from './bot-action-handler.ts';

/** The common parameters of every action. Defaults: enabled, 30 seconds of cooldown, not only for admins. */
export interface CommonParameters {
  enabled?: boolean;
  /** Seconds, 0 to 900. */
  cooldown?: number;
  admin_only?: boolean;
}

type Settings<Handler extends BotActionHandlerClass> = ReturnType<Handler['getSettings']>;
type Shape<Handler extends BotActionHandlerClass> = ReturnType<InstanceType<Handler>['rules']>;

/** The handler's own parameters; none if `rules()` is not overridden. */
type OwnParameters<Handler extends BotActionHandlerClass> = string extends keyof Shape<Handler>
  ? unknown
  : z.input<z.ZodObject<Shape<Handler>>>;

/** `match` and `triggers`, unless the handler fixes them. */
type MatchParameters<Fixed> = Fixed extends { match: 'any' }
  ? unknown
  : Fixed extends { match: MatchMethod }
    ? TriggerParameters<Fixed>
    : ({ match: Exclude<MatchMethod, 'any'> } & TriggerParameters<Fixed>) | { match: 'any' };
type TriggerParameters<Fixed> = Fixed extends { triggers: readonly string[] }
  ? unknown
  : { triggers: string | readonly string[] };

/** The parameters an action of a handler is installed with. */
export type InstallParameters<Handler extends BotActionHandlerClass> = CommonParameters &
  OwnParameters<Handler> &
  MatchParameters<Settings<Handler>>;

/** A set of parameters that has not been checked against its handler. */
export interface ParameterSet {
  match?: MatchMethod;
  [field: string]: unknown;
}

/** A handler alone, with one set of parameters, or with a list of sets, one for each action to install. */
type Install =
  | BotActionHandlerClass
  | readonly [BotActionHandlerClass, ParameterSet | readonly ParameterSet[]];

/** A set with only the fields of its handler, each of the right type. */
type CheckedSet<Handler extends BotActionHandlerClass, Set> = InstallParameters<Handler> & {
  [Field in Exclude<keyof Set, FieldsOf<InstallParameters<Handler>>>]: never;
};
type FieldsOf<Union> = Union extends unknown ? keyof Union : never;

type Checked<Item> = Item extends readonly [infer Handler extends BotActionHandlerClass, infer Sets]
  ? readonly [
      Handler,
      Sets extends readonly unknown[]
        ? { [Index in keyof Sets]: CheckedSet<Handler, Sets[Index]> }
        : CheckedSet<Handler, Sets>,
    ]
  : Item extends BotActionHandlerClass
    ? Record<never, never> extends InstallParameters<Item>
      ? Item
      : readonly [Item, InstallParameters<Item>]
    : never;

/** What `installs()` of a package returns. {@link defineInstalls} checks the parameters of each handler. */
export type PackagedBotInstalls = ReadonlyArray<
  BotActionHandlerClass | readonly (BotActionHandlerClass | object)[]
>;

/**
 * Lists what a package installs, so that a wrong parameter or payload does not compile. Returns the list.
 *
 * @example defineInstalls(HelloBot, [ReplyBot, { match: 'exact', triggers: ['help'], replies: ['Ask away!'] }])
 */
export const defineInstalls = <Items extends readonly Install[]>(
  ...installs: Items & { [Index in keyof Items]: Checked<Items[Index]> }
): PackagedBotInstalls => installs;
