import { commandLine } from '../../base/command-line.ts';
import type { MessengerError } from '../../base/errors.ts';
import type { Workspace } from '../../config/workspace.ts';
import { daemonPaths } from '../../daemon/paths.ts';
import type { DaemonState, Host, News } from '../../simulate/host.ts';
import { followFile } from '../follow-file.ts';
import { newsOf } from './news.ts';
import { botsOff, type PlaygroundReport } from './playground-report.ts';
import { WorkspaceHost } from './workspace-host.ts';

/** Connects the full screen to a workspace. */
export class ScreenHost extends WorkspaceHost implements Host {
  #file: string | undefined;

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
    const { botsEnabled } = await this.status();
    const { id: threadId } = report.playground.thread;
    const notices = [...noticesOf(report, isOwn), ...(botsEnabled ? [] : [botsOff])];
    return { threadId, notices: [...notices, ...(await this.#recordOnce(threadId))] };
  }

  /** The playground is opened again when its daemon has gone. */
  async #recordOnce(threadId: string): Promise<readonly string[]> {
    const file = this.#file;
    this.#file = undefined;
    return file === undefined ? [] : this.record(file, threadId);
  }

  async status(): Promise<DaemonState> {
    const { bots, queue, clock = null } = await this.daemonStatus();
    const { waiting, ready, running, failed } = queue;
    return { botsEnabled: bots.enabled, clock, queue: { waiting: waiting + ready, running, failed } };
  }

  follow(onNews: (news: News) => void): void {
    const { log } = daemonPaths(this.workspace.data);
    const show = (line: string) => {
      const news = newsOf(line);
      if (news) onNews(news);
    };
    void followFile(log, show, this.signal);
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
    ...attached.map(
      ({ bot, actions }) => `Attached to ${bot.name}: ${actions.map(({ handler }) => handler).join(', ')}.`,
    ),
    ...hints,
    ...report.missingKeys,
  ];
}
