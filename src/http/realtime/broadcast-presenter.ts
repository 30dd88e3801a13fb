import type { ProviderJson } from '../../api/provider.ts';
import type { EventData } from '../../api/realtime.ts';
import type { Events } from '../../domain/event.ts';
import type { Profile } from '../../domain/profile.ts';
import type { Thread } from '../../domain/thread.ts';
import type { User } from '../../domain/user.ts';
import type { Context } from '../../services/context.ts';
import {
  editedMessageView,
  newMessageView,
  reactedMessageView,
} from '../../services/messages/message-views.ts';
import { presentAlone, presentMessage } from '../presenters/message.ts';
import { presentProvider } from '../presenters/provider.ts';
import { presentReaction } from '../presenters/reaction.ts';
import { presentThreadSettings } from '../presenters/thread.ts';
import { presentThreadName, threadTypes } from '../presenters/thread-name.ts';

type PresenterContext = Pick<Context, 'store' | 'settings'>;

/**
 * Presents the data of broadcasts, with the same presenters as the HTTP answers. What an event carries is not
 * read again.
 */
export class BroadcastPresenter {
  readonly #context: PresenterContext;

  constructor(context: PresenterContext) {
    this.#context = context;
  }

  async newMessage(event: Events['NewMessage']) {
    const { temporaryId } = event;
    return presentMessage(await newMessageView(this.#context.store, event), { temporaryId });
  }

  async editedMessage(event: Events['MessageEdited']) {
    return presentMessage(await editedMessageView(this.#context.store, event));
  }

  reaction({ reaction, profile }: Events['ReactionAdded']) {
    return presentReaction({ reaction, owner: profile });
  }

  /** A message as its author receives it when somebody reacts to it: without the reactions. */
  async reactedMessage(event: Events['ReactionAdded']) {
    return presentAlone(await reactedMessageView(this.#context.store, event));
  }

  /** The sender of a client event. */
  whisperer(profile: Profile): EventData['client-typing'] {
    const { provider_id, provider_alias, name, avatar } = presentProvider(profile);
    return { provider_id, provider_alias, name, avatar: avatar.sm };
  }

  /** A person, as the members of a presence channel see them. */
  member(user: User): Omit<ProviderJson, 'base'> {
    const { base: _, ...member } = presentProvider({ type: 'user', user });
    return member;
  }

  /** A thread, for people who each see it differently: only common data, so no name of a private one. */
  thread(thread: Thread): EventData['knock.knock']['thread'] {
    const { type, verbose } = threadTypes[thread.kind];
    const isGroup = thread.kind === 'group';
    const shown = { id: thread.id, type, type_verbose: verbose, group: isGroup };
    if (!isGroup) return shown;
    const { name, avatar } = presentThreadName(thread, null);
    return { ...shown, name, avatar };
  }

  /** A thread, for people who have just joined it. */
  newThread(thread: Thread): EventData['new.thread']['thread'] {
    return { ...this.thread(thread), pending: false, created_at: thread.createdAt };
  }

  settings(thread: Thread) {
    return presentThreadSettings(thread, this.#context.settings());
  }
}
