import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine } from '../../base/command-line.ts';
import type { MessengerError } from '../../base/errors.ts';
import type { Workspace } from '../../config/workspace.ts';
import { collectWhenIdle } from '../../daemon/collect-when-idle.ts';
import { followStatus } from '../../daemon/control-client.ts';
import { daemonPaths } from '../../daemon/paths.ts';
import type { DaemonState, Host, News } from '../../simulate/host.ts';
import { followFile } from '../follow-file.ts';
import { newsOf } from './news.ts';
import { attachedNotice, botsOff, type PlaygroundReport } from './playground-report.ts';
import { unlessGone } from './unless-gone.ts';
import { WorkspaceHost } from './workspace-host.ts';

/** Milliseconds between looks for a daemon that has gone. */
const retryDelay = 1_000;

/** Connects the full screen to a workspace. */
export class ScreenHost extends WorkspaceHost implements Host {
  #file: string | undefined;
  #collecting: { close(): void } | undefined;

  /**
   * @param onStop called when the daemon of this process is asked to stop, or has to end for a reason
   * @param record the file into which the chat of the playground is recorded
   */
  constructor(workspace: Workspace, onStop: (reason?: MessengerError) => void, record?: string) {
    super(workspace, { onStop });
    this.#file = record;
  }

  async openPlayground(name: string): Promise<{ threadId: string; notices: readonly string[] }> {
    const report = await this.openWithReport(name);
    const isOwn = this.own !== undefined;
    if (!isOwn) this.#collectWhenIdle();
    const { bots } = await this.daemonStatus();
    const { id: threadId } = report.playground.thread;
    const notices = [...noticesOf(report, isOwn), ...(bots.enabled ? [] : [botsOff])];
    return { threadId, notices: [...notices, ...(await this.#recordOnce(threadId))] };
  }

  /** A daemon does so itself. */
  #collectWhenIdle(): void {
    if (this.#collecting) return;
    this.#collecting = collectWhenIdle();
    this.signal.addEventListener('abort', () => this.#collecting?.close(), { once: true });
  }

  /** The playground is opened again when its daemon has gone. */
  async #recordOnce(threadId: string): Promise<readonly string[]> {
    const file = this.#file;
    this.#file = undefined;
    return file === undefined ? [] : this.record(file, threadId);
  }

  watchStatus(onStatus: (status: DaemonState | null) => void): void {
    void this.#watchStatus(onStatus);
  }

  /** Goes on with the daemon that comes after one that has gone. */
  async #watchStatus(onStatus: (status: DaemonState | null) => void): Promise<void> {
    while (!this.signal.aborted) {
      if (this.own) return void this.own.status.on(onStatus);
      await this.#untilGone(onStatus).catch(unlessGone);
      if (this.signal.aborted) return;
      onStatus(null);
      await sleep(retryDelay, undefined, { signal: this.signal }).catch(() => {});
    }
  }

  /** Resolves when the daemon has gone. One of an older release has no such stream. */
  async #untilGone(onStatus: (status: DaemonState) => void): Promise<void> {
    const daemon = this.running();
    await new Promise<void>((resolve, reject) => {
      followStatus(daemon, { onStatus, onEnd: resolve, signal: this.signal }).catch(reject);
      this.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  follow(onNews: (news: News) => void): void {
    const { log } = daemonPaths(this.workspace.data);
    const show = (line: string) => {
      const news = newsOf(line);
      if (news) onNews(news);
    };
    const onPolling = (text: string) => onNews({ kind: 'log', source: 'messenger', text });
    void followFile(log, show, this.signal, onPolling);
  }
}

/** Explains how to write a handler if there is none yet. */
const emptyWorkspaceNotices = ({ isEmpty }: PlaygroundReport): string[] =>
  isEmpty
    ? [
        `There are no handlers in bots/, so a few ready-made ones answer. "${commandLine('make:bot HelloBot')}" writes your first.`,
      ]
    : [];

/** The notices shown when the playground opens on the full screen. */
function noticesOf(report: PlaygroundReport, isOwn: boolean): string[] {
  const { attached, errors, hints } = report.playground;
  return [
    isOwn ? 'Bots are on in this daemon, which ends with this window.' : 'Attached to the running daemon.',
    ...emptyWorkspaceNotices(report),
    ...report.warnings,
    ...report.problems,
    ...errors.map(({ message }) => message),
    ...attached.map(attachedNotice),
    ...hints,
    ...report.missingKeys,
  ];
}
