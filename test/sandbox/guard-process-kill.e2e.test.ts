import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { childFile } from '../support/child-files.ts';
import { nextMessage, startChild } from '../support/children.ts';

const refused = (what: string) => expect.stringContaining(`A handler may not end ${what}`);

const said = {
  parent: refused('the process of messenger that started this handler'),
  parentGroup: refused('the process of messenger that started this handler'),
  everything: refused('the first process of the machine'),
  group: refused('its whole group of processes'),
  first: refused('the first process of the machine'),
  question: 'true',
  nobody: expect.stringContaining('ESRCH'),
};

test('a process may end neither its parent nor groups that are not its own', async () => {
  expect(await nextMessage(startChild('process-kill', []))).toEqual({ ...said, self: 'not tried' });
});

test('a thread may not end the process it shares with others either', async () => {
  const worker = new Worker(childFile('process-kill'), { execArgv: [] });
  const [message] = await once(worker, 'message');
  expect(message).toEqual({ ...said, self: refused('the process that runs this handler and others') });
});
