import { neverInRequest } from '../base/authorizing.ts';
import { Cleanliness } from './cleanliness.ts';
import { FileRunner } from './file-runner.ts';
import { guardProcessKill } from './guard-process-kill.ts';
import { importOwnModules, Loader } from './loader.ts';
import { findParent } from './parent.ts';
import { Printing } from './printing.ts';

/* The main module of a worker, a thread or a process. */

const { start, send, listen } = findParent();
const { workspace } = start;
neverInRequest('a handler');
guardProcessKill([start.parent]);
const ownModules = await importOwnModules(workspace);
const printing = new Printing((message) => send({ ...message, token: runner.lastToken }));
const loader = Loader.create(workspace, ownModules);
loader.hostAll();
const runner = new FileRunner({
  workspace,
  loader,
  send,
  cleanliness: new Cleanliness({ 'messenger-bots': ownModules['messenger-bots'] ?? {} }),
  finishPrinting: () => printing.finish(),
});
process.on('uncaughtException', (error) => runner.onUncaught(error));
process.on('unhandledRejection', (error) => runner.onUncaught(error));
process.on('exit', (code) => runner.onExit(code));
for (const stream of [process.stdout, process.stderr]) printing.capture(stream);
listen(runner.receive);
send({ type: 'ready' });
