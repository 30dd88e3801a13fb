import { z } from 'zod';
import type { HandlersApp } from '../../../app/open-handlers.ts';
import { invalidParameters } from '../../../base/errors.ts';
import { attachDefaults } from '../../../domain/bot-action.ts';
import type { FormField } from '../../../domain/form-field.ts';
import { matchMethods } from '../../../domain/match.ts';
import type { HandlerDescription } from '../../../sandbox/protocol.ts';
import { isOwn } from '../../../services/handlers/described.ts';
import { fieldsOf } from '../../../services/handlers/handler-form.ts';
import { inHandlers } from '../../handlers.ts';
import { resolvedJson } from '../../json.ts';
import { handlerName, parameters } from '../arguments.ts';
import { defineTool } from '../tool.ts';

type Catalogue = HandlersApp['catalogue'];

const ready_made = z
  .boolean()
  .default(true)
  .describe('Whether to list the ready-made ones of messenger-bots too. They can be attached at once.');

/** A handler with its rules. */
const handlerJson = (catalogue: Catalogue, handler: HandlerDescription) => ({
  alias: handler.alias,
  class: handler.class,
  name: handler.name,
  description: handler.description,
  ready_made: !isOwn(handler),
  unique: handler.unique,
  authorize: handler.shouldAuthorize,
  match: handler.matchMethod,
  triggers: handler.triggers,
  fields: fieldsOf(handler),
  environment: handler.environment,
  needs: catalogue.noticesOf([handler.alias]).map(({ message }) => message),
});

type HandlerJson = ReturnType<typeof handlerJson>;

export const listHandlers = defineTool({
  name: 'list_handlers',
  title: 'List handlers',
  description:
    'Lists the handlers that can be attached, with their rules: what triggers them, how they match, the parameters that attach takes, and the keys they still need. Also reports the files of bots/ that could not be loaded, with the reason.',
  effect: 'reads',
  input: { ready_made },
  run: ({ workspace }, input) =>
    inHandlers(workspace, async ({ catalogue }) => {
      const listed = catalogue.all().filter((handler) => input.ready_made || isOwn(handler));
      const handlers = listed.map((handler) => handlerJson(catalogue, handler));
      const { problems } = catalogue;
      const texts = handlers.length > 0 ? [...handlers.map(handlerText), everyHandler] : [none];
      const broken = problems.map(({ message }) => `Not loaded: ${message}`);
      return { data: { handlers, problems }, text: [...texts, ...broken].join('\n\n') };
    }),
});

const none = 'There are no handlers. make_bot writes one.';

/** What the text says once, since it is the same for each handler. */
const everyHandler = `Every handler also takes cooldown (seconds, 0 to 900), admin_only and enabled. A match that is chosen is one of ${matchMethods.join(', ')}.`;

const common = ['match', ...Object.keys(attachDefaults)];

const handlerText = ({ triggers, match, ...handler }: HandlerJson): string =>
  [
    `${handler.alias} (${handler.class}): ${handler.description}`,
    `  triggers: ${match === 'any' ? 'every message' : (triggers?.join(' | ') ?? 'chosen when attached')}`,
    `  match: ${match ?? 'chosen when attached'}${handler.unique ? '; once in a group' : ''}`,
    ...handler.fields.filter(({ name }) => !common.includes(name)).map((field) => `  ${fieldText(field)}`),
    ...handler.needs.map((need) => `  ${need}`),
  ].join('\n');

function fieldText(field: FormField): string {
  const isRequired = field.required && field.default === null;
  const kind = field.choices ? `one of ${field.choices.join(', ')}` : field.type;
  const usual = field.default === null ? '' : `, by default ${JSON.stringify(field.default)}`;
  const description = field.description === null ? '' : `: ${field.description}`;
  return `${field.name} (${kind}${isRequired ? ', required' : usual})${description}`;
}

export const listPackages = defineTool({
  name: 'list_packages',
  title: 'List packaged bots',
  description: 'Lists the packaged bots that can be installed, with the handlers and parameters of each.',
  effect: 'reads',
  input: { ready_made },
  run: ({ workspace }, input) =>
    inHandlers(workspace, async ({ catalogue }) => {
      const packages = catalogue
        .packages()
        .filter((packagedBot) => input.ready_made || isOwn(packagedBot))
        .map((packagedBot) => ({
          alias: packagedBot.alias,
          class: packagedBot.class,
          name: packagedBot.name,
          description: packagedBot.description,
          ready_made: !isOwn(packagedBot),
          cooldown: packagedBot.cooldown,
          enabled: packagedBot.isEnabled,
          hide_actions: packagedBot.shouldHideActions,
          authorize: packagedBot.shouldAuthorize,
          installs: packagedBot.installs.map(({ handler, data }) => ({ handler: handler.alias, data })),
        }));
      const lines = packages.map(
        ({ alias, class: className, description, installs }) =>
          `${alias} (${className}): ${description}\n  installs ${installs.map(({ handler }) => handler).join(', ')}`,
      );
      const text = lines.length > 0 ? lines.join('\n') : 'There are no packaged bots.';
      return { data: { packages, problems: catalogue.problems }, text };
    }),
});

export const testResolve = defineTool({
  name: 'test_resolve',
  title: 'Check parameters',
  description:
    'Checks the parameters of a handler as attach does, without attaching it. Invalid ones are an error with the messages by field.',
  effect: 'reads',
  input: { handler: handlerName, parameters },
  run: ({ workspace }, input) =>
    inHandlers(workspace, async ({ catalogue, sandbox }) => {
      const handler = catalogue.get(input.handler);
      const result = await sandbox.resolve(handler, { ...attachDefaults, ...input.parameters });
      if ('errors' in result) throw invalidParameters(handler.name, result.errors);
      const data = resolvedJson(result.resolved);
      const triggers = data.triggers.length > 0 ? data.triggers.join(' | ') : 'every message';
      const text = `${handler.class} resolved: match ${data.match}, triggers ${triggers}, cooldown ${data.cooldown} s, payload ${JSON.stringify(data.payload)}.`;
      return { data, text };
    }),
});
