import { defineError } from './define-error.ts';

/** Errors of the test kit. */
export const testingErrors = {
  CHAT_CLOSED: defineError(
    409,
    (call: string) =>
      `${call} was called after chat.close(), so there is no chat any more. Nothing was done; close the chat at the end of the test, or create one for each test.`,
  ),
  ACTION_NOT_ATTACHED: defineError(
    404,
    (handler: string, attached: readonly string[]) =>
      `The handler "${handler}" is not attached in this chat. ${attached.length > 0 ? `Attached are: ${attached.join(', ')}.` : 'No handler is.'} Attach it with chat.attach(), or list it in createChat({ bots: […] }).`,
  ),
  BOT_CLASS_NOT_EXPORTED: defineError(
    404,
    (name: string, folder: string, problems: readonly string[]) =>
      `No file in bots/ of ${folder} exports ${name}. With isolation, handlers are loaded from there, as in production. Export the class there, or leave out the isolation.${problems.length > 0 ? ` Not every file could be loaded: ${problems.join(' ')}` : ''}`,
  ),
  PERSON_RIGHT_UNKNOWN: defineError(
    400,
    (person: string, right: string, known: readonly string[]) =>
      `${person} cannot be given the right "${right}": there is no such right. Known are ${known.join(', ')}.`,
  ),
};
