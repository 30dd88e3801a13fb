import { didYouMean } from '../../base/nearest.ts';
import { ApiError, type ShownBotJson } from '../../client/index.ts';
import type { Controller } from '../controller.ts';
import { emptyEditor } from '../state/editor.ts';
import { type Form, newForm, valuesOf, withErrors } from '../state/form.ts';
import type { Choice } from '../state/overlay.ts';
import { refreshBots } from './threads.ts';

/** Opens a list to choose from. */
export function pick(controller: Controller, title: string, choices: readonly Choice[]): void {
  controller.store.set({ overlay: { kind: 'picker', title, query: emptyEditor, index: 0, choices } });
}

/** Opens the form for a handler's parameters. */
export async function openForm(
  controller: Controller,
  bot: ShownBotJson,
  alias: string,
  given: Record<string, unknown>,
) {
  const definition = await controller.client.handlers.form(bot.thread_id, bot.id, alias);
  const names = definition.fields.map(({ name }) => name);
  const stray = Object.keys(given).find((name) => name !== 'handler' && !names.includes(name));
  if (stray !== undefined) {
    const takes = `${alias} takes ${names.join(', ')}.`;
    return controller.toast(`There is no parameter "${stray}".${didYouMean(stray, names)} ${takes}`, 'bad');
  }
  controller.store.set({ overlay: { kind: 'form', form: newForm(definition, bot, given) } });
}

/** Opens the list of handlers that can be attached to a bot. */
export async function pickHandler(controller: Controller, bot: ShownBotJson): Promise<void> {
  const handlers = await controller.client.handlers.list(bot.thread_id, bot.id);
  const choices = handlers.map(({ alias, description }) => ({
    label: alias,
    detail: description,
    line: `/attach ${alias} @${bot.name}`,
  }));
  pick(controller, `Attach to ${bot.name}`, choices);
}

/** Attaches the handler with the values of the form. Errors are shown next to the inputs. */
export async function submitForm(controller: Controller, form: Form): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null) return;
  try {
    const fields = { handler: form.handler.alias, ...valuesOf(form) };
    await controller.client.actions.create(threadId, form.botId, fields);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const wrong = withErrors(form, error.message, error.errors);
    return controller.store.set({ overlay: { kind: 'form', form: wrong } });
  }
  controller.store.set({ overlay: null });
  controller.toast(`${form.handler.alias} is attached to ${form.botName}.`, 'good');
  await refreshBots(controller);
}

/** Opens the list of packaged bots. */
export async function pickPackage(controller: Controller, threadId: string): Promise<void> {
  const packages = await controller.client.packages.list(threadId);
  const choices = packages.map(({ alias, description }) => ({
    label: alias,
    detail: description,
    line: `/install ${alias}`,
  }));
  pick(controller, 'Install a packaged bot', choices);
}

/** Shows what a packaged bot would install and leave out, before it is installed. */
export async function previewPackage(controller: Controller, threadId: string, alias: string): Promise<void> {
  const packages = await controller.client.packages.list(threadId);
  const found = packages.find((item) => item.alias === alias);
  if (found === undefined)
    return controller.toast(`There is no packaged bot "${alias}". /install lists them.`, 'bad');
  if (found.installs.length === 0)
    return controller.toast(
      `Nothing of ${found.name} is left to install: this group has all of it.`,
      'plain',
    );
  const rows = [
    found.description,
    '',
    'Will be installed:',
    ...found.installs.map(({ alias: handler, description }) => `  + ${handler}  ${description}`),
    ...(found.already_installed.length > 0 ? ['', 'Left out, for the group has them already:'] : []),
    ...found.already_installed.map(({ alias: handler }) => `  – ${handler}`),
  ];
  controller.store.set({
    overlay: { kind: 'preview', title: `Install ${found.name}?`, rows, line: `/install ${alias} now` },
  });
}
