import SqliteDatabase from 'better-sqlite3';
import type { Workspace } from '../../src/config/workspace.ts';

interface Row {
  thread: string;
  owner: string;
  body: string;
}

/** What is wrong in a database after everything was answered; nothing, if all is well. */
export function findings({ database: file }: Workspace, accepted: readonly string[]): string[] {
  const database = new SqliteDatabase(file, { readonly: true });
  const all = <Result>(query: string) => database.prepare<[], Result>(query).all();
  try {
    const integrity = database.pragma('integrity_check', { simple: true });
    const messages = all<Row>(
      'select thread_id as thread, owner_type as owner, body from messages where type = 0 order by sequence',
    );
    const jobs = all<{ status: string }>('select status from jobs');
    const runs = all<{ status: string }>("select status from runs where status != 'handled'");
    const reactions = all<{ count: number }>('select count(*) as count from reactions group by message_id');
    return [
      ...(integrity === 'ok' ? [] : [`integrity_check: ${integrity}`]),
      ...lost(messages, accepted),
      ...outOfOrder(messages),
      ...jobs.map(({ status }) => `a job is left ${status}`),
      ...runs.map(({ status }) => `a run is ${status}`),
      ...reactions.filter(({ count }) => count !== 1).map(({ count }) => `a message has ${count} reactions`),
      ...(reactions.length === asked(messages).length ? [] : ['a reaction is missing']),
    ];
  } finally {
    database.close();
  }
}

const asked = (messages: readonly Row[]): Row[] => messages.filter(({ owner }) => owner === 'user');

function lost(messages: readonly Row[], accepted: readonly string[]): string[] {
  const stored = new Set(asked(messages).map(({ body }) => body));
  return accepted.filter((body) => !stored.has(body)).map((body) => `"${body}" was accepted and is lost`);
}

/** Within each thread the answers are those to its messages: each once, and in their order. */
function outOfOrder(messages: readonly Row[]): string[] {
  return [...new Set(messages.map(({ thread }) => thread))].flatMap((thread) => {
    const inThread = messages.filter((message) => message.thread === thread);
    const wanted = asked(inThread).flatMap(({ body }) => [`first ${body}`, `second ${body}`]);
    const answers = inThread.filter(({ owner }) => owner === 'bot').map(({ body }) => body);
    const wrong = wanted.findIndex((body, index) => answers[index] !== body);
    if (wrong === -1 && answers.length === wanted.length) return [];
    return [`answer ${wrong} of ${wanted.length} is "${answers[wrong]}" instead of "${wanted[wrong]}"`];
  });
}
