import { didYouMean } from '../../base/nearest.ts';
import { ApiError, type ShownBotJson } from '../../client/index.ts';
import type { Parameters } from '../../domain/parameters.ts';
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
  { values, texts }: Parameters,
): Promise<void> {
  const definition = await controller.client.handlers.form(bot.thread_id, bot.id, alias);
  const read = Object.entries(texts).map(([name, text]) => [name, readText(text)]);
  const given = { ...values, ...Object.fromEntries(read) };
  const names = definition.fields.map(({ name }) => name);
  const stray = Object.keys(given).find((name) => name !== 'handler' && !names.includes(name));
  if (stray !== undefined) {
    const takes = `${alias} takes ${names.join(', ')}.`;
    return controller.toast(`There is no parameter "${stray}".${didYouMean(stray, names)} ${takes}`, 'bad');
  }
  const fresh = newForm(definition, bot, given);
  const kept = controller.state.forms[formKey(fresh)];
  const form = kept ? withKept(fresh, kept, given) : fresh;
  controller.store.set({ overlay: { kind: 'form', form } });
}

/** Closes a form. What was filled in is there again when the same handler is attached to the same bot. */
export function closeForm(controller: Controller, form: Form): void {
  controller.store.update((state) => ({
    ...state,
    overlay: null,
    forms: isFilled(form) ? { ...state.forms, [formKey(form)]: form } : state.forms,
  }));
  if (isFilled(form)) controller.toast(`Kept for the next /attach ${form.handler.alias} @${form.botName}.`);
}

/** Attaches the handler with the values of the form. Errors are shown next to the inputs. */
export async function submitForm(controller: Controller, form: Form): Promise<void> {
  const { threadId } = controller.state;
  if (threadId === null) return;
  const unfit = withOwnErrors(form);
  if (unfit) return controller.store.set({ overlay: { kind: 'form', form: unfit } });
  try {
    const fields = { handler: form.handler.alias, ...valuesOf(form) };
    await controller.client.actions.create(threadId, form.botId, fields);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const wrong = withErrors(form, error.message, error.errors);
    return controller.store.set({ overlay: { kind: 'form', form: wrong } });
  }
  noteAttached(controller, form);
  controller.store.update((state) => {
    const { [formKey(form)]: _, ...forms } = state.forms;
    return { ...state, overlay: null, forms };
  });
  controller.toast(`${form.handler.alias} is attached to ${form.botName}.`, 'good');
  await refreshBots(controller);
}

/** A transcript has the command that does the same. */
function noteAttached({ host, state }: Controller, form: Form): void {
  const { recording } = host;
  if (recording?.threadId !== state.threadId) return;
  const me = state.people.find(({ id }) => id === state.me)?.name ?? '';
  recording?.command(me, `/attach ${form.handler.alias} @${form.botName} ${JSON.stringify(valuesOf(form))}`);
}
