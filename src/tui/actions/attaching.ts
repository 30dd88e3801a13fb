import { didYouMean } from '../../base/nearest.ts';
import { type ActionJson, ApiError, type ShownBotJson } from '../../client/index.ts';
import { attachDefaults } from '../../domain/bot-action.ts';
import type { Parameters } from '../../domain/parameters.ts';
import { type AttachedAction, actionName, attachedActions } from '../../simulate/named-actions.ts';
import type { Controller } from '../controller.ts';
import { emptyEditor } from '../state/editor.ts';
import {
  type Form,
  formKey,
  isFilled,
  newForm,
  readText,
  valuesOf,
  withErrors,
  withKept,
  withOwnErrors,
} from '../state/form.ts';
import type { PickerChoice } from '../state/overlay.ts';
import { withoutToastsAbout } from '../state/state.ts';
import { refreshBots } from './threads.ts';

/** Opens a list to choose from. */
export function pick(controller: Controller, title: string, choices: readonly PickerChoice[]): void {
  controller.store.set({ overlay: { kind: 'picker', title, query: emptyEditor, index: 0, choices } });
}

/** Opens the form for a handler's parameters. */
export async function openForm(
  controller: Controller,
  bot: ShownBotJson,
  alias: string,
  given: Parameters,
): Promise<void> {
  await showForm(controller, { bot, alias, values: valuesGiven(given), actionId: null });
}

/** Opens the form with the parameters of an action, and what was given instead of them. */
export async function openEdit(
  controller: Controller,
  { bot, action }: AttachedAction,
  given: Parameters,
): Promise<void> {
  const { handler, payload, match, triggers, cooldown, admin_only, enabled, id } = action;
  const stored = { ...payload, match, triggers, cooldown, admin_only, enabled };
  const { alias } = handler;
  await showForm(controller, { bot, alias, stored, values: valuesGiven(given), actionId: id });
}

const valuesGiven = ({ values, texts }: Parameters): Record<string, unknown> => ({
  ...values,
  ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, readText(text)])),
});

interface FormContents {
  bot: ShownBotJson;
  alias: string;
  stored?: Record<string, unknown>;
  /** What was given with the command. Unknown names are errors. */
  values: Record<string, unknown>;
  actionId: string | null;
}

async function showForm(
  controller: Controller,
  { bot, alias, stored, values, actionId }: FormContents,
): Promise<void> {
  const definition = await controller.client.handlers.form(bot.thread_id, bot.id, alias);
  const names = definition.fields.map(({ name }) => name);
  const stray = Object.keys(values).find((name) => name !== 'handler' && !names.includes(name));
  if (stray !== undefined) {
    const takes = `${alias} takes ${names.join(', ')}.`;
    return controller.toast(`There is no parameter "${stray}".${didYouMean(stray, names)} ${takes}`, 'bad');
  }
  const fresh = newForm(definition, bot, { ...stored, ...values }, actionId);
  const kept = controller.state.forms[formKey(fresh)];
  const form = kept ? withKept(fresh, kept, values) : fresh;
  controller.store.update((state) => ({
    ...withoutToastsAbout(state, 'form'),
    overlay: { kind: 'form', form },
  }));
}

/** Closes a form. What was filled in is there again when the same handler is attached to the same bot. */
export function closeForm(controller: Controller, form: Form): void {
  controller.store.update((state) => ({
    ...state,
    overlay: null,
    forms: isFilled(form) ? { ...state.forms, [formKey(form)]: form } : state.forms,
  }));
  if (!isFilled(form)) return;
  const { handler, botName, actionId } = form;
  const command = actionId === null ? 'attach' : 'action edit';
  controller.toast(`Kept for the next /${command} ${handler.alias} @${botName}.`, 'plain', 'form');
}

/** Attaches the handler, or changes the action, with the values of the form. Errors are shown next to the inputs. */
export async function submitForm(controller: Controller, form: Form): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null) return;
  const unfit = withOwnErrors(form);
  if (unfit) return controller.store.set({ overlay: { kind: 'form', form: unfit } });
  try {
    await saveForm(controller, threadId, form);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const wrong = withErrors(form, error.message, error.errors);
    return controller.store.set({ overlay: { kind: 'form', form: wrong } });
  }
  await noteSaved(controller, form);
  controller.store.update((state) => {
    const { [formKey(form)]: _, ...forms } = state.forms;
    return { ...state, overlay: null, forms };
  });
  const done = form.actionId === null ? 'attached to' : 'changed on';
  controller.toast(`${form.handler.alias} is ${done} ${form.botName}.`, 'good');
  await refreshBots(controller);
}

/** Empty inputs are not sent, so a changed action has their defaults. */
function saveForm({ client }: Controller, threadId: string, form: Form): Promise<ActionJson> {
  const { actionId, botId, handler } = form;
  if (actionId === null)
    return client.actions.create(threadId, botId, { handler: handler.alias, ...valuesOf(form) });
  return client.actions.update(threadId, botId, actionId, { ...attachDefaults, ...valuesOf(form) });
}

/** A transcript has the command that does the same. */
async function noteSaved({ host, state, client }: Controller, form: Form): Promise<void> {
  const { recording } = host;
  const { me, people, threadId } = state;
  if (threadId === null || recording?.threadId !== threadId) return;
  const name = people.find(({ id }) => id === me)?.name ?? '';
  const values = JSON.stringify(valuesOf(form));
  const { actionId, botId, botName, handler } = form;
  if (actionId === null) recording.command(name, `/attach ${handler.alias} @${botName} ${values}`);
  else {
    const bot = await client.bots.show(threadId, botId);
    const changed = attachedActions([bot]).find(({ action }) => action.id === actionId);
    if (changed) recording.command(name, `/action edit ${actionName(changed)} ${values}`);
  }
}
