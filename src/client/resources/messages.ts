import { randomUUID } from 'node:crypto';
import type { MessageEditBody, MessageJson, NewMessageBody } from '../../api/message.ts';
import type { PageJson, StretchJson } from '../../api/page.ts';
import type { VerdictsJson } from '../../api/run.ts';
import { everyPage } from '../pages.ts';
import type { Call } from '../transport.ts';

/** What can be sent along with a text. */
interface Sending {
  replyTo?: string | undefined;
  temporaryId?: string;
  /** Send the same key again if the answer was lost. */
  key?: string;
}

/** The messages of a thread, newest first. */
export const messages = (call: Call) => {
  const below = (thread: string, rest = '') => `threads/${thread}/messages${rest}`;
  return {
    newest: (thread: string) => call<PageJson<MessageJson>>('GET', below(thread)),
    /** All of them, page by page. */
    pages: (thread: string) => everyPage<MessageJson>(call, below(thread)),
    /** The messages older than the given one. */
    before: (thread: string, message: string) =>
      call<PageJson<MessageJson>>('GET', below(thread, `/page/${message}`)),
    /** The messages that contain a text, older than the given one if there is one. */
    search: (thread: string, text: string, before?: string) =>
      call<PageJson<MessageJson>>(
        'GET',
        `${below(thread, before === undefined ? '/search' : `/search/page/${before}`)}?q=${encodeURIComponent(text)}`,
      ),
    /** A message with those before and after it. */
    around: (thread: string, message: string) =>
      call<StretchJson<MessageJson>>('GET', below(thread, `/around/${message}`)),
    /** The messages newer than the given one. */
    after: (thread: string, message: string) =>
      call<StretchJson<MessageJson>>('GET', below(thread, `/newer/${message}`)),
    /** The first message from a moment on, with those before and after it. */
    since: (thread: string, moment: string) =>
      call<StretchJson<MessageJson>>('GET', below(thread, `/since/${encodeURIComponent(moment)}`)),
    show: (thread: string, message: string) => call<MessageJson>('GET', below(thread, `/${message}`)),
    send: (thread: string, text: string, { replyTo, temporaryId = randomUUID(), key }: Sending = {}) =>
      call<MessageJson>(
        'POST',
        below(thread),
        {
          message: text,
          temporary_id: temporaryId,
          ...(replyTo !== undefined && ({ reply_to_id: replyTo } satisfies Partial<NewMessageBody>)),
        } satisfies NewMessageBody,
        key,
      ),
    edit: (thread: string, message: string, text: string) =>
      call<MessageJson>('PUT', below(thread, `/${message}`), { message: text } satisfies MessageEditBody),
    remove: (thread: string, message: string) => call<null>('DELETE', below(thread, `/${message}`)),
    /** How the bots answered it. */
    verdicts: (thread: string, message: string) =>
      call<VerdictsJson>('GET', below(thread, `/${message}/verdicts`)),
  };
};
