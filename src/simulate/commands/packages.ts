import type { PackageJson } from '../../client/index.ts';
import { type Command, entryLines, firstWord } from '../command.ts';
import { type Dialogs, groupOf, reject, type Session } from '../session.ts';
import { removeBot } from './bots.ts';

/** Commands for packaged bots. */
export const packageCommands: readonly Command[] = [
  {
    name: 'install',
    usage: '[PACKAGE]',
    summary: 'install a packaged bot, or list them',
    isRecorded: true,
    asksForMissing: true,
    choices: ({ installable }, before) => (before.length === 0 ? installable : []),
    run: install,
  },
  {
    name: 'uninstall',
    usage: 'BOT',
    summary: 'remove a bot with all its actions',
    isRecorded: true,
    choices: ({ bots }) => bots.map(({ name }) => name),
    run: (session, name) => (name === '' ? reject('Usage: /uninstall BOT') : removeBot(session, name)),
  },
];

async function install(session: Session, rest: string): Promise<void> {
  const { dialogs, manager } = session;
  const threadId = groupOf(session);
  const [alias, word] = firstWord(rest);
  const packages = await manager.packages.list(threadId);
  if (alias === '') return dialogs ? pickPackage(dialogs, packages) : session.show(entryLines(packages));
  const found =
    packages.find((item) => item.alias === alias) ??
    reject(`There is no packaged bot "${alias}". /install lists them.`);
  if (found.installs.length === 0)
    return session.notice(`Nothing of ${found.name} is left to install: this group has all of it.`);
  if (dialogs && word !== 'now') return dialogs.confirm(previewOf(found));
  const bot = await manager.packages.install(threadId, alias);
  session.notice(`${bot.name} is installed.`);
  await session.refresh('bots');
}

function pickPackage(dialogs: Dialogs, packages: readonly PackageJson[]): void {
  const choices = packages.map(({ alias, description }) => ({
    label: alias,
    detail: description,
    line: `/install ${alias}`,
  }));
  dialogs.pick('Install a packaged bot', choices);
}

/** What a packaged bot would install and leave out. */
const previewOf = ({ alias, name, description, installs, already_installed }: PackageJson) => ({
  title: `Install ${name}?`,
  rows: [
    description,
    '',
    'Will be installed:',
    ...installs.map((handler) => `  + ${handler.alias}  ${handler.description}`),
    ...(already_installed.length > 0 ? ['', 'Left out, because the group already has them:'] : []),
    ...already_installed.map((handler) => `  – ${handler.alias}`),
  ],
  line: `/install ${alias} now`,
});
