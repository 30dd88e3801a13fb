import type { Client, MessageJson } from '../client/index.ts';
import type { Dialogs, Part, Reader, Session } from '../simulate/session.ts';
import { openEdit, openForm, pick } from './actions/attaching.ts';
import { closeBeside, openBeside, switchBeside } from './actions/beside.ts';
import { addNote, received } from './actions/events.ts';
import { openPeople, speakAs } from './actions/people.ts';
import { goTo } from './actions/reading.ts';
import { replayerOf, switchReplay } from './actions/replaying.ts';
import { openFinder } from './actions/searching.ts';
import { draftAbout, say, sayAbout, type Taken } from './actions/sending.ts';
import { openThread, refreshBots, refreshPeople, refreshThreads } from './actions/threads.ts';
import type { Controller } from './controller.ts';
import { productTime } from './state/clock.ts';
import { messagesOf, selectedMessage } from './state/conversation.ts';
import { withHelp } from './state/overlay.ts';
import { toggleSide } from './state/side.ts';

/** The full screen, as slash commands see it. */
export class ScreenSession implements Session {
  readonly dialogs: Dialogs;
  readonly reader: Reader;
  readonly #controller: Controller;
  readonly #taken: Taken | undefined;

  /** @param taken the prompt that the line was taken from */
  constructor(controller: Controller, taken?: Taken) {
    this.#controller = controller;
    this.#taken = taken;
    this.reader = {
      search: (text) => openFinder(controller, text),
      goTo: (place) => goTo(controller, place),
    };
    this.dialogs = {
      pick: (title, choices) => pick(controller, title, choices),
      fill: (bot, alias, given) => openForm(controller, bot, alias, given),
      edit: (attached, given) => openEdit(controller, attached, given),
      confirm: (question) => controller.store.set({ overlay: { kind: 'preview', ...question } }),
    };
  }

  get host(): Session['host'] {
    return this.#controller.host;
  }

  get me(): string | null {
    return this.#controller.state.me;
  }

  get myName(): string {
    const { me, people } = this.#controller.state;
    return people.find(({ id }) => id === me)?.name ?? '';
  }

  get isAsking(): boolean {
    return this.#controller.state.overlay !== null;
  }

  get threadId(): string | null {
    return this.#controller.state.threadId;
  }

  get client(): Client {
    return this.#controller.client;
  }

  /** On the screen, everything is done by the person who speaks. */
  get manager(): Client {
    return this.#controller.client;
  }

  get clients(): readonly Client[] {
    return this.#controller.clients;
  }

  get loggedIn(): readonly string[] {
    return this.#controller.state.people.map(({ id }) => id);
  }

  get selected(): MessageJson | undefined {
    return selectedMessage(this.#controller.state.conversation);
  }

  notice(text: string): void {
    this.#controller.toast(text, 'good');
  }

  show(text: string): void {
    addNote(this.#controller, text, 'system');
  }

  say(text: string): Promise<void> {
    return say(this.#controller, text, this.#taken);
  }

  speakAs(name: string): Promise<void> {
    return speakAs(this.#controller, name);
  }

  async beside(name: string): Promise<void> {
    if (name === 'off') {
      if (!closeBeside(this.#controller)) this.notice('You are alone in this window.');
    } else if (name === '') switchBeside(this.#controller);
    else await openBeside(this.#controller, name);
  }

  async openThread(id: string): Promise<void> {
    await refreshThreads(this.#controller);
    await openThread(this.#controller, id);
  }

  async now(): Promise<Date> {
    return new Date(productTime(this.#controller.state));
  }

  async messages(): Promise<readonly MessageJson[]> {
    return messagesOf(this.#controller.state.conversation);
  }

  async draft(kind: 'reply' | 'edit', message: MessageJson, text: string): Promise<void> {
    if (text === '') draftAbout(this.#controller, kind, message);
    else await sayAbout(this.#controller, kind, message, text);
  }

  received(message: MessageJson): void {
    received(this.#controller, message);
  }

  refresh(part: Part): Promise<void> {
    return (part === 'bots' ? refreshBots : refreshPeople)(this.#controller);
  }

  showPeople(): void {
    openPeople(this.#controller);
  }

  async resetPlayground(): Promise<void> {
    const { threadId, notices } = await this.#controller.host.resetPlayground(this.myName);
    await this.openThread(threadId);
    this.notice('The playground is empty.');
    for (const text of notices) this.show(text);
  }

  get replays(): Session['replays'] {
    return replayerOf(this.#controller);
  }

  switchReplay(isOn: boolean): void {
    switchReplay(this.#controller, isOn);
  }

  ring(rings: boolean): void {
    for (const { store } of this.#controller.window.views.all) store.set({ bell: rings });
  }

  toggleLogs(): void {
    this.#controller.store.update((state) => toggleSide(state, 'log'));
  }

  help(): void {
    this.#controller.store.update(withHelp);
  }

  quit(): void {
    this.#controller.leave();
  }
}
