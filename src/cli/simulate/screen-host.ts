import { commandLine } from '../../base/command-line.ts';
import type { Workspace } from '../../config/workspace.ts';
import { daemonPaths } from '../../daemon/paths.ts';
import type { DaemonState, Host, News } from '../../simulate/host.ts';
import { followFile } from '../follow-file.ts';
import { botsOff, type Home } from './home.ts';
import { newsOf } from './news.ts';
import { WorkspaceHost } from './workspace-host.ts';

/** Connects the full screen to a workspace. */
export class ScreenHost extends WorkspaceHost implements Host {
  /** @param onStop called when the daemon of this process is asked to stop */
  constructor(workspace: Workspace, onStop: () => void) {
    super(workspace, { onStop });
  }

  async home(name: string): Promise<{ threadId: string; words: readonly string[] }> {
    const home = await this.openHome(name);
    const isOwn = this.own !== undefined;
    const { botsEnabled } = await this.status();
    const words = [...wordsOf(home, isOwn), ...(botsEnabled ? [] : [botsOff])];
    return { threadId: home.playground.thread.id, words };
  }

  async status(): Promise<DaemonState> {
    const { bots, queue } = await this.daemonStatus();
    const { waiting, ready, running, failed } = queue;
    return { botsEnabled: bots.enabled, queue: { waiting: waiting + ready, running, failed } };
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

/** Says where there are no handlers yet how to write one. */
const emptySentences = ({ isEmpty }: Home): string[] =>
  isEmpty
    ? [
        `There are no handlers in bots/, so a few ready-made ones answer. "${commandLine('make:bot HelloBot')}" writes your first.`,
      ]
    : [];

/** What somebody is told who opens the playground on the full screen. */
function wordsOf(home: Home, isOwn: boolean): string[] {
  const { attached, errors, hints } = home.playground;
  return [
    isOwn ? 'Bots are on in this daemon, which ends with this window.' : 'Attached to the running daemon.',
    ...emptySentences(home),
    ...home.warnings,
    ...home.problems,
    ...errors.map(({ message }) => message),
    ...attached.map(
      ({ bot, actions }) => `Attached to ${bot.name}: ${actions.map(({ handler }) => handler).join(', ')}.`,
    ),
    ...hints,
    ...home.lacking,
  ];
}
