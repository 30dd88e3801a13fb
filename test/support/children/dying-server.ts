import { openApp } from '../../../src/app.ts';
import { findWorkspace } from '../../../src/config/workspace.ts';
import { type EventName, isEventName } from '../../../src/domain/event.ts';
import { openHttpServer } from '../../../src/http/server.ts';

/*
 * A process that serves a workspace and is killed when something happened there: events are told once it is stored,
 * and before it is answered. It says where it is reached.
 */
const [folder = '', deadly = ''] = process.argv.slice(2);

const named = (name: string): EventName => {
  if (isEventName(name)) return name;
  throw new Error(`There is no event ${name}.`);
};

const app = await openApp({ workspace: findWorkspace(folder) });
app.events.on(named(deadly), () => process.kill(process.pid, 'SIGKILL'));
const server = await openHttpServer(app, { port: 0 });
process.send?.(server.url);
