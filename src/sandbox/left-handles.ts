import { createHook } from 'node:async_hooks';
import { activeHandler } from '../authoring/active-handler.ts';

const { getActiveResourcesInfo } = process;
const getStore = activeHandler.getStore.bind(activeHandler);

/** How many stack frames are searched for the author's. */
const maxFrames = 50;

/** A resource that a handler has opened, as Node represents it. The fields depend on its kind. */
interface Resource {
  hasRef?: () => boolean;
  /** On timers: fired or cleared. */
  _destroyed?: boolean;
  /** On open files: -1 once closed. */
  fd?: number;
  /** On thread pool jobs that are awaited. */
  ondone?: unknown;
}

interface Kind {
  phrase: string;
  /** Whether it is still open, for kinds whose end is reported late or never. */
  isLeft?: (resource: Resource, site: Error) => boolean;
}

const timer: Kind = {
  phrase: 'a timer',
  isLeft: ({ _destroyed }, site) => _destroyed !== true && isOfAuthor(callerOf(site)),
};

/** An idle connection that is kept for the next request does not count. */
const connection: Kind = {
  phrase: 'a connection',
  isLeft: ({ hasRef }, site) => hasRef === undefined || framesOf(site).every((frame) => !isKeptAlive(frame)),
};

/** By Node's name of the type. */
const kinds: Readonly<Record<string, Kind>> = {
  Timeout: timer,
  Immediate: timer,
  TCPSERVERWRAP: { phrase: 'a server' },
  PIPESERVERWRAP: { phrase: 'a server' },
  UDPWRAP: { phrase: 'a UDP socket' },
  TCPWRAP: connection,
  PIPEWRAP: connection,
  PROCESSWRAP: { phrase: 'a child process' },
  WORKER: { phrase: 'a worker' },
  MESSAGEPORT: { phrase: 'a message port', isLeft: (_, site) => isOfAuthor(callerOf(site)) },
  FSEVENTWRAP: { phrase: 'a file watcher' },
  STATWATCHER: { phrase: 'a file watcher' },
  FILEHANDLE: { phrase: 'an open file', isLeft: ({ fd }) => fd !== undefined && fd >= 0 },
};

/** A job of the thread pool, such as hashing a password. */
const job: Kind = { phrase: 'an unfinished call', isLeft: ({ ondone }) => typeof ondone === 'function' };

/** What keeps a worker running, by its name in `process.getActiveResourcesInfo()`. */
const activePhrases: Readonly<Record<string, string>> = {
  Timeout: 'a timer',
  Immediate: 'a timer',
  TCPServerWrap: 'a server',
  PipeServerWrap: 'a server',
  UDPWrap: 'a UDP socket',
  TCPSocketWrap: 'a connection',
  PipeWrap: 'a connection',
  ProcessWrap: 'a child process',
  Worker: 'a worker',
  MessagePort: 'a message port',
  FSEvent: 'a file watcher',
  FSReqCallback: 'an unfinished file operation',
  FSReqPromise: 'an unfinished file operation',
  TTYWrap: 'the terminal',
};

/** Resources that come and go with our own messages. */
const ours: ReadonlySet<string> = new Set(['WriteWrap', 'ShutdownWrap', 'CloseReq']);

interface Opened {
  kind: Kind;
  type: string;
  resource: Resource;
  site: Error;
}

/** Something that a run has left: a phrase, and where it was opened if known. */
export interface LeftHandle {
  phrase: string;
  site?: Error;
}

/** Finds what handlers open and leave, such as timers and child processes, even unreferenced ones. */
export class LeftHandles {
  readonly #opened = new Map<number, Opened>();
  /** How many of each type existed before. */
  #usual = new Map<string, number>();
  readonly #hook = createHook({
    init: (id, type, _, resource) => {
      const kind = kinds[type] ?? (type.endsWith('REQUEST') ? job : undefined);
      if (kind === undefined) return;
      const active = getStore();
      // Node opens files outside the caller's context.
      if (active ? !active.ended : type === 'FILEHANDLE')
        this.#opened.set(id, { kind, type, resource, site: siteOfHook() });
    },
    destroy: (id) => this.#opened.delete(id),
  });

  remember(): void {
    this.#usual = countActive();
  }

  /** Starts watching. What earlier runs have opened is ignored. */
  begin(): void {
    this.#opened.clear();
    this.#hook.enable();
  }

  /** Stops watching, which costs a little with every promise. */
  end(): void {
    this.#hook.disable();
    this.#opened.clear();
  }

  /** Something that is left; undefined for nothing. Timers come last, since their effects may say more. */
  find(): LeftHandle | undefined {
    const left = [...this.#opened.values()].filter(isLeft);
    const first = left.find(({ kind }) => kind !== timer) ?? left[0];
    if (first && framesOf(first.site).some(isOfAuthor))
      return { phrase: first.kind.phrase, site: first.site };
    if (first) return { phrase: first.kind.phrase };
    const active = this.#findActive();
    return active === undefined ? undefined : { phrase: activePhrases[active] ?? `an open ${active}` };
  }

  /** Where the first timer was set that still keeps the worker running; undefined if there is none. */
  get timer(): Error | undefined {
    const timers = [...this.#opened.values()].filter(({ type }) => type === 'Timeout');
    return timers.find(({ resource }) => resource._destroyed !== true && (resource.hasRef?.() ?? true))?.site;
  }

  /** Whether new timers keep the worker running. */
  get hasTimers(): boolean {
    return (countActive().get('Timeout') ?? 0) > (this.#usual.get('Timeout') ?? 0);
  }

  #findActive(): string | undefined {
    for (const [type, count] of countActive()) {
      if (count > (this.#usual.get(type) ?? 0) && !ours.has(type)) return type;
    }
    return undefined;
  }
}

const isLeft = ({ kind, resource, site }: Opened): boolean => kind.isLeft?.(resource, site) ?? true;

function countActive(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const type of getActiveResourcesInfo.call(process)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

function siteOfHook(): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = maxFrames;
  const site = new Error('opened here');
  Error.stackTraceLimit = stackTraceLimit;
  return site;
}

const framesOf = (site: Error): string[] => String(site.stack).split('\n').slice(1);

/** The frames between the hook and the caller: this file's, and those of Node's opening functions. */
const opening =
  /node:(internal\/async_hooks|internal\/timers|timers|timers\/promises|internal\/worker\/io)\b/;

/** The frame that called Node's opening function. */
const callerOf = (site: Error): string =>
  framesOf(site)
    .slice(2)
    .find((frame) => !opening.test(frame)) ?? 'node:';

const isOfAuthor = (frame: string): boolean => !/\bnode:|[\\/]node_modules[\\/]undici[\\/]/.test(frame);

/** Whether a frame belongs to code that keeps connections for the next request. */
const isKeptAlive = (frame: string): boolean =>
  /node:internal\/deps\/undici|node:_http_(agent|client)|[\\/]node_modules[\\/]undici[\\/]/.test(frame);
