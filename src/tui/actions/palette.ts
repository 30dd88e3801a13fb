import { type Command, usageOf } from '../../simulate/command.ts';
import type { Choice } from '../../simulate/session.ts';
import { commands } from '../../simulate/table.ts';
import type { Controller } from '../controller.ts';
import { pick } from './attaching.ts';

/** Opens the palette with all possible actions: open a thread, change the speaker, or run a command. */
export function openPalette(controller: Controller): void {
  const { threads, threadId, people, me } = controller.state;
  const threadChoices = threads
    .filter(({ id }) => id !== threadId)
    .map(({ name }): Choice => ({ label: `#${name}`, detail: 'open this group', line: `/thread ${name}` }));
  const speakerChoices = people
    .filter(({ id }) => id !== me)
    .map(({ name }): Choice => ({ label: name, detail: 'speak as', line: `/as ${name}` }));
  const commandChoices = commands.map(
    (command): Choice => ({
      label: usageOf(command),
      detail: command.summary,
      line: `/${command.name}`,
      isIncomplete: needsMore(command),
    }),
  );
  pick(controller, 'What next?', [...threadChoices, ...speakerChoices, ...commandChoices]);
}

/** Whether a command needs an argument that it does not ask for itself. */
const needsMore = ({ usage, asksForMissing }: Command): boolean =>
  usage !== '' && !usage.startsWith('[') && !asksForMissing;
