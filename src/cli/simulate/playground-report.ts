import type { App } from '../../app.ts';
import { openPlayground, type Playground } from '../../services/bots/playground.ts';
import { missingKeyNotices } from './missing-keys.ts';

/** Shown when the running daemon was started without bots. */
export const botsOff =
  'Bots are off in this daemon, so none can answer or be made. Start it with MESSENGER_BOTS_ENABLED=true, or with bots: { enabled: true } in messenger.config.ts.';

/** The playground, and what to report when it opens. */
export interface PlaygroundReport {
  playground: Playground;
  /** Whether the workspace has no handlers of its own. */
  isEmpty: boolean;
  /** Why files could not be loaded. */
  problems: readonly string[];
  /** Settings that are ignored. */
  warnings: readonly string[];
  /** What handlers still need, one sentence each. */
  missingKeys: readonly string[];
}

/** Opens the playground for a person, who is made an admin in it. */
export async function openPlaygroundWithReport(app: App, name: string): Promise<PlaygroundReport> {
  const playground = await openPlayground(app, name);
  return {
    playground,
    isEmpty: app.catalogue.isEmpty(),
    problems: app.catalogue.problems.map(({ message }) => message),
    warnings: app.warnings,
    missingKeys: await missingKeyNotices(app, playground.thread),
  };
}

/** What was attached to a bot, as a notice. */
export const attachedNotice = ({ bot, actions }: Playground['attached'][number]): string =>
  `Attached to ${bot.name}: ${actions.map(({ handler }) => handler).join(', ')}.`;
