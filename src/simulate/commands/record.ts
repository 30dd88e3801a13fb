import type { Command } from '../command.ts';
import { groupOf, pathOf, type Session } from '../session.ts';

/** The command for transcripts. */
export const recordCommands: readonly Command[] = [
  {
    name: 'record',
    usage: '[FILE|stop]',
    summary: 'record this chat as a transcript for "messenger test", or stop that',
    takesFile: true,
    choices: () => ['stop'],
    run: (session, word) => {
      if (word === '') return showRecording(session);
      return word === 'stop' ? stop(session) : record(session, word);
    },
  },
];

function showRecording(session: Session): void {
  const { recording } = session.host;
  session.notice(recording ? `This is recorded in ${recording.file}.` : nothing);
}

const nothing = 'Nothing is being recorded. /record hello.chat.yaml begins.';

async function stop(session: Session): Promise<void> {
  session.notice((await session.host.stopRecording()) ?? nothing);
}

async function record(session: Session, file: string): Promise<void> {
  for (const text of await session.host.record(pathOf(file), groupOf(session))) session.notice(text);
}
