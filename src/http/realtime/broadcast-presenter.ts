import type { ProviderJson } from '../../api/provider.ts';
import type { EventData } from '../../api/realtime.ts';
import { createError } from '../../base/errors.ts';
import type { Message } from '../../domain/message.ts';
import type { Provider, ProviderRef } from '../../domain/provider.ts';
import type { Reaction } from '../../domain/reaction.ts';
import type { Thread } from '../../domain/thread.ts';
import type { Context } from '../../services/context.ts';
import { messageView } from '../../services/messages/message-views.ts';
import { loadProfiles, type Profile } from '../../services/users/profiles.ts';
import { type JustStored, presentAlone, presentMessage } from '../presenters/message.ts';
import { presentProvider } from '../presenters/provider.ts';
import { presentReaction } from '../presenters/reaction.ts';
import { presentThreadSettings } from '../presenters/thread.ts';
import { presentThreadName, threadTypes } from '../presenters/thread-name.ts';

type PresenterContext = Pick<Context, 'store' | 'settings'>;

/** Loads and presents the data of broadcasts, with the same presenters as the HTTP answers. */
export class BroadcastPresenter {
  readonly #context: PresenterContext;

  constructor(context: PresenterContext) {
    this.#context = context;
  }

  async message(thread: Thread, message: Message, stored?: JustStored) {
    return presentMessage(await messageView(this.#context.store, thread, message), stored);
  }

  /**
   * A message as its author receives it when somebody reacts to it: without the reactions.
   *
   * @throws NOT_LOCATED
   */
  async reacted(message: Message) {
    const thread = await this.#threadOf(message.threadId);
    return presentAlone(await messageView(this.#context.store, thread, message));
  }

  async reaction(reaction: Reaction) {
    return presentReaction({ reaction, owner: await this.#profile(reaction.owner) });
  }

  async provider(ref: ProviderRef): Promise<ProviderJson> {
    return presentProvider(await this.#profile(ref));
  }

  /** The sender of a client event. */
  async whisperer(from: Provider): Promise<EventData['client-typing']> {
    const { provider_id, provider_alias, name, avatar } = await this.provider(from);
    return { provider_id, provider_alias, name, avatar: avatar.sm };
  }

  /** A person, as the members of a presence channel see them. */
  async member(userId: string): Promise<Omit<ProviderJson, 'base'>> {
    const { base: _, ...member } = await this.provider({ type: 'user', id: userId });
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
    return presentThreadSettings(thread, this.#context.settings);
  }

  /** @throws NOT_LOCATED */
  async #threadOf(id: string): Promise<Thread> {
    const thread = await this.#context.store.threads.find(id);
    if (thread === undefined) throw createError('NOT_LOCATED', 'thread');
    return thread;
  }

  async #profile(ref: ProviderRef): Promise<Profile> {
    return (await loadProfiles(this.#context.store, [ref]))(ref);
  }
}
