import type { TestedInstalls } from '../../authoring/packaged-bot.ts';
import type { ActionLimits } from '../../domain/limits.ts';
import type { HandlerDescription, PackageDescription } from '../../sandbox/protocol.ts';
import type { AttachedAction } from '../../store/attached-actions.ts';
import type { Context } from '../context.ts';
import { isOwn } from '../handlers/described.ts';
import { answeringTogether } from './answering-together.ts';
import type { Finding } from './finding.ts';
import { floodFindings } from './flood.ts';
import {
  type Listener,
  listenerOf,
  listenerOfAction,
  listenersOfPackage,
  writtenIn,
  writtenInInstalls,
} from './listeners.ts';
import { triggerFindings } from './trigger-findings.ts';
import {
  brokenFile,
  failedInstalls,
  goneHandlers,
  missingKeys,
  takenAlias,
  untriedInstalls,
  unusedTriggers,
} from './workspace-findings.ts';
import { writtenFindings } from './written-triggers.ts';

/** What a check needs. */
export interface LintContext extends Pick<Context, 'store' | 'catalogue' | 'sandbox'> {
  /** The configured limits of actions and messages. */
  limits: ActionLimits;
}

/** The result of a check. */
export interface LintReport {
  /** Ordered by file and line; those of no file come last. */
  findings: Finding[];
  errors: number;
  warnings: number;
  /** How many handlers and packages were checked. */
  handlers: number;
  packages: number;
}

/**
 * Checks the handlers and packages of a workspace, those of the library that are registered or attached, and the
 * attached actions. Changes nothing.
 *
 * @example (await lint(context)).errors // 0
 */
export async function lint(context: LintContext): Promise<LintReport> {
  const { catalogue, store } = context;
  const attached = await store.attachedActions.all();
  const handlers = usedHandlers(context, attached);
  const packages = catalogue.registeredPackages();
  const tested = await Promise.all(packages.map((packagedBot) => testPackage(context, packagedBot)));
  const listeners = [
    ...handlers.flatMap((handler) => listenerOf(catalogue, handler) ?? []),
    ...tested.flatMap((each) => each.listeners),
    ...attached.flatMap((each) => listenerOfAction(catalogue, each) ?? []),
  ];
  const written = [
    ...handlers.flatMap((handler) => writtenIn(catalogue, handler)),
    ...packages.flatMap((packagedBot) => writtenInInstalls(catalogue, packagedBot)),
  ];
  return reportOf(
    [
      ...workspaceFindings(context, { handlers, listeners, attached }),
      ...written.flatMap(writtenFindings),
      ...listenerFindings(context, listeners),
      ...tested.flatMap((each) => each.findings),
    ],
    { handlers: handlers.length, packages: packages.length },
  );
}

/** What is wrong with what listens to messages. */
function listenerFindings({ limits }: LintContext, listeners: readonly Listener[]): Finding[] {
  const each = distinct(listeners);
  return [
    ...each.flatMap((listener) => triggerFindings(listener, limits.message)),
    ...together(listeners),
    ...floodFindings(each),
  ];
}

interface Used {
  handlers: readonly HandlerDescription[];
  listeners: readonly Listener[];
  attached: readonly AttachedAction[];
}

/** What is wrong with files, aliases, keys and attached actions. */
function workspaceFindings({ catalogue }: LintContext, { handlers, listeners, attached }: Used): Finding[] {
  const broken = catalogue.brokenFiles();
  const notices = catalogue.noticesOf(handlers.map(({ alias }) => alias));
  const gone = attached.filter(({ action }) => catalogue.find(action.handler) === undefined);
  return [
    ...broken.map(brokenFile),
    ...catalogue.duplicates.map((duplicate) => takenAlias(catalogue, duplicate)),
    ...handlers.flatMap((handler) => unusedTriggers(catalogue, handler)),
    ...handlers.flatMap((handler) => missingKeys(catalogue, handler, { notices, listeners })),
    ...goneHandlers(gone, broken.length > 0),
  ];
}

function reportOf(findings: Finding[], checked: Pick<LintReport, 'handlers' | 'packages'>): LintReport {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  return { findings: findings.sort(byPlace), errors, warnings, ...checked };
}

/** The registered handlers, and those that are attached. */
function usedHandlers(
  { catalogue }: LintContext,
  attached: readonly AttachedAction[],
): readonly HandlerDescription[] {
  const aliases = new Set([
    ...catalogue.registered().map(({ alias }) => alias),
    ...attached.map(({ action }) => action.handler),
  ]);
  return catalogue.all().filter(({ alias }) => aliases.has(alias));
}

/** What a package would install, and what is wrong with it. */
async function testPackage(
  { catalogue, sandbox }: LintContext,
  packagedBot: PackageDescription,
): Promise<{ listeners: Listener[]; findings: Finding[] }> {
  let tested: TestedInstalls;
  try {
    tested = await sandbox.testInstalls(packagedBot);
  } catch (error) {
    return { listeners: [], findings: [untriedInstalls(catalogue, packagedBot, error)] };
  }
  return {
    // Of a ready-made package only what is attached is checked: nobody can change it.
    listeners: isOwn(packagedBot) ? listenersOfPackage(catalogue, packagedBot, tested) : [],
    findings: failedInstalls(catalogue, packagedBot, tested.failed),
  };
}

/** One listener for each handler and what it listens to, however often that is attached. */
function distinct(listeners: readonly Listener[]): Listener[] {
  const seen = new Map<string, Listener>();
  for (const listener of listeners) {
    const key = JSON.stringify([listener.handler, listener.match, listener.triggers]);
    if (!seen.has(key)) seen.set(key, listener);
  }
  return [...seen.values()];
}

/** What is answered more than once, group by group. The same handlers are reported once for each message. */
function together(listeners: readonly Listener[]): Finding[] {
  const groups = new Map<string, Listener[]>();
  for (const listener of listeners) {
    const group = groups.get(listener.group) ?? [];
    group.push(listener);
    groups.set(listener.group, group);
  }
  const found = new Map<string, Finding>();
  for (const group of groups.values()) {
    for (const { finding, handlers } of answeringTogether(group)) {
      const key = JSON.stringify([finding.witness, handlers]);
      if (!found.has(key)) found.set(key, finding);
    }
  }
  return [...found.values()];
}

function byPlace(one: Finding, other: Finding): number {
  if (one.file !== other.file) return (one.file ?? '\uffff') < (other.file ?? '\uffff') ? -1 : 1;
  return (one.line ?? 0) - (other.line ?? 0);
}
