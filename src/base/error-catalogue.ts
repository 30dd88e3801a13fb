import { commandLine } from './command-line.ts';

/** A reason for the middle of a sentence, without its full stop. */
const clause = (reason: string): string => reason.replace(/\.\s*$/, '');

/** How to recover from a damaged database. */
const outOfDamage = (file: string): string =>
  `Stop every messenger process and keep a copy of the file and of its -wal file. Then restore a backup, or recover what is readable with "sqlite3 '${file}' .recover | sqlite3 new.sqlite" and put new.sqlite in its place, or move the files away to start with an empty database.`;

/** A reason for the end of a sentence, with a full stop unless it is a question. */
const ended = (reason: string): string => (/\?\s*$/.test(reason) ? reason.trimEnd() : `${clause(reason)}.`);

/** One entry of the catalogue: the HTTP status, and a function that builds the message from its arguments. */
const defineError = <Args extends unknown[]>(status: number, message: (...args: Args) => string) => ({
  status,
  message,
});

/**
 * Every error that the product raises on purpose.
 *
 * A message states what was found, why it matters and what to do. The command line exits with 2 for status
 * 400 (wrong use) and with 1 for the rest. `docs/errors.md` explains each code; a test keeps both in step.
 */
export const errorCatalogue = {
  WRONG_USE: defineError(400, (message: string) => message),
  INSTALLATION_INCOMPLETE: defineError(
    500,
    (problem: string) =>
      `The installation of messenger-bots is incomplete: ${clause(problem)}. Nothing was done. In a clone, run "npm install"; otherwise, reinstall the package.`,
  ),
  UNKNOWN_COMMAND: defineError(
    400,
    (name: string, nearest: string | undefined) =>
      `There is no command "${name}".${nearest ? ` Did you mean "${nearest}"?` : ''} "${commandLine('--help')}" lists them all.`,
  ),
  CLASS_NAME_INVALID: defineError(
    400,
    (name: string, reason: string) =>
      `"${name}" cannot be the name of a class: ${reason}. Use a name like HelloBot.`,
  ),
  FILE_EXISTS: defineError(
    409,
    (file: string) => `${file} already exists and was not changed. Use --force to overwrite it.`,
  ),
  CONFIG_INVALID: defineError(
    422,
    (file: string, problems: string) =>
      `The configuration in ${file} cannot be used: ${ended(problems)} Nothing was changed; correct it and try again.`,
  ),

  HANDLER_SETTINGS_INVALID: defineError(
    422,
    (where: string, field: string, problem: string) =>
      `${where}: getSettings() has an invalid "${field}": ${clause(problem)}. The handler was not registered.`,
  ),
  HANDLER_WITHOUT_HANDLE: defineError(
    422,
    (where: string, name: string) =>
      `${where}: the handler ${name} has no handle() method, so it cannot answer messages. The handler was not registered; add "async handle() { … }" to it.`,
  ),
  HANDLER_RULES_RESERVED: defineError(
    422,
    (where: string, field: string) =>
      `${where}: rules() defines "${field}", which every action already has. The handler was not registered; give the field another name.`,
  ),
  HANDLER_ENVIRONMENT_INVALID: defineError(
    422,
    (where: string, problem: string) =>
      `${where}: static environment cannot be used: ${problem}. The handler was not registered; list names like ['BOT_WEATHER_API_KEY'].`,
  ),
  HANDLER_RETRIES_INVALID: defineError(
    422,
    (where: string, found: string, max: number) =>
      `${where}: static retries is ${found}, but must be a whole number from 0 to ${max}. The handler was not registered.`,
  ),
  HANDLER_TIMEOUT_INVALID: defineError(
    422,
    (where: string, found: string) =>
      `${where}: static timeout is ${found}, but must be a whole number of milliseconds from 1 to 86400000. The handler was not registered; use a number like 10_000, or leave it out.`,
  ),
  ALIAS_TAKEN: defineError(
    409,
    (alias: string, first: string, second: string) =>
      `Two handlers have the alias "${alias}": ${first} and ${second}. A stored action finds its handler by the alias, so it must be unique. Rename one of them.`,
  ),
  HANDLER_FILE_BROKEN: defineError(
    422,
    (where: string, problem: string) =>
      `${where}: ${clause(problem)}. The file was not loaded; correct it and save.`,
  ),
  HANDLER_UNKNOWN: defineError(
    404,
    (name: string, known: readonly string[]) =>
      `There is no handler "${name}". ${known.length > 0 ? `Known handlers: ${known.join(', ')}.` : `This workspace has none. Create one with "${commandLine('make:bot HelloBot')}".`}`,
  ),
  PACKAGE_UNKNOWN: defineError(
    404,
    (name: string, known: readonly string[]) =>
      `There is no packaged bot "${name}". ${known.length > 0 ? `Known packaged bots: ${known.join(', ')}.` : `This workspace has none. Create one with "${commandLine('make:packaged-bot HelloPackage')}".`}`,
  ),
  PACKAGE_SETTINGS_INVALID: defineError(
    422,
    (where: string, what: string, problem: string) =>
      `${where}: ${what}: ${clause(problem)}. The package was not registered.`,
  ),
  PACKAGE_NOT_AUTHORIZED: defineError(403, () => 'Not authorized to install that bot package.'),
  AVATAR_UNREADABLE: defineError(
    422,
    (packagedBot: string, file: string, reason: string) =>
      `The avatar of ${packagedBot}, ${file}, cannot be used: ${clause(reason)}. Nothing was installed; correct its path in getSettings().`,
  ),
  INVALID_PARAMETERS: defineError(
    422,
    (subject: string, first: string, more: number) =>
      `${subject}: ${first}${more > 0 ? ` (and ${more} more ${more === 1 ? 'error' : 'errors'})` : ''}`,
  ),
  HANDLER_NOT_AUTHORIZED: defineError(
    403,
    (handler: string, bot: string) => `Not authorized to add ( ${handler} ) to ${bot}.`,
  ),
  HANDLER_UNIQUE: defineError(
    403,
    (handler: string, thread: string) => `You may only have one ( ${handler} ) in ${thread} at a time.`,
  ),

  HANDLER_THREW: defineError(500, (handler: string, problem: string) => `${handler} failed: ${problem}`),
  HANDLER_TIMEOUT: defineError(
    504,
    (handler: string, milliseconds: number) =>
      `${handler} did not finish within ${milliseconds} ms and was stopped.`,
  ),
  HANDLER_EXITED: defineError(
    500,
    (handler: string, code: number) =>
      `${handler} ended its own worker (process.exit(${code})). A handler must return instead.`,
  ),
  HANDLER_KILLED: defineError(
    500,
    (handler: string, signal: string) =>
      `The process of ${handler} was ended by ${signal}, either by the handler itself or from outside, for example because the machine is short of memory.`,
  ),
  HANDLER_ANSWER_UNUSABLE: defineError(
    500,
    (subject: string) =>
      `The description of ${subject} cannot be used: it is far too large, or not plain data. For example, the static "name" of a class is not a string, or parameters in installs() contain a Date, a Map or a function. Use only strings, numbers, lists and plain objects.`,
  ),
  HANDLER_BROKE_PROTOCOL: defineError(
    500,
    (handler: string) =>
      `The worker of ${handler} sent the daemon an invalid message, so it can no longer be trusted and was ended. The handler or a package that it uses writes to the channel between workers and the daemon; remove that code.`,
  ),
  HANDLER_OUT_OF_MEMORY: defineError(
    500,
    (handler: string, megabytes: number) =>
      `${handler} used more than its ${megabytes} MB of memory and was stopped.`,
  ),
  HANDLER_KEPT_CRASHING: defineError(
    500,
    (handler: string, starts: number, last: string) =>
      `${handler} was started ${starts} times, and each time its process crashed while it ran nothing else. It is not started again. The last error: ${clause(last)}.`,
  ),
  RUN_ABANDONED: defineError(
    409,
    (handler: string) =>
      `A crash interrupted ${handler}, and its action was changed or removed before it could continue. It was not continued.`,
  ),
  RUN_STOPPED: defineError(
    409,
    (handler: string, reason: string) =>
      `${handler} was stopped: ${clause(reason)}. What it had already sent stays sent.`,
  ),
  RUN_NOT_RETRIED: defineError(
    409,
    (id: string, reason: string) =>
      `The failed run ${id} cannot be retried: ${clause(reason)}. It stays in the list of failed runs.`,
  ),
  HANDLER_OUTSIDE_RUN: defineError(
    409,
    (what: string) =>
      `${what} is available only while a handler answers a message. No message is being answered here.`,
  ),
  FORGOTTEN_AWAIT: defineError(
    409,
    (what: string) =>
      `${what} was not finished when handle() ended, so it has no effect. Something in the handler is not awaited: write "await" before it, and use this.sleep() instead of a timer.`,
  ),
  EFFECT_REFUSED: defineError(422, (what: string, reason: string) => `The bot could not ${what}: ${reason}`),
  FETCH_TIMEOUT: defineError(
    504,
    (host: string, milliseconds: number) =>
      `The request to ${host} did not finish within ${milliseconds} ms and was aborted. Try again later, or allow more time.`,
  ),
  FETCH_FAILED: defineError(
    502,
    (host: string, problem: string) =>
      `The request to ${host} failed: ${clause(problem)}. If it keeps failing, check the address and the key.`,
  ),
  FETCH_TOO_LARGE: defineError(
    502,
    (host: string, bytes: number) =>
      `The answer of ${host} is larger than the ${bytes} bytes that are allowed, so the rest was not read. Request less, or allow more.`,
  ),

  OUTSIDE_REQUEST: defineError(
    409,
    (what: string, where: string) =>
      `${what} has no effect in ${where}: it applies to the request of the person who attaches or installs. Call it in "http.auth" of the configuration.`,
  ),
  REGISTERED_TOO_LATE: defineError(
    409,
    (call: string) =>
      `${call} was called after its file was loaded, so other workers would not know what it registers. Nothing was registered; call it at the top level of a file in bots/ or of messenger.config.ts.`,
  ),
  NOT_A_HANDLER: defineError(
    422,
    (where: string, what: string, parent: string, why: string) =>
      `${where}: ${what} ${why}. It was not registered; extend ${parent} from "messenger-bots".`,
  ),

  NOT_PERMITTED: defineError(403, (message: string) => message),
  NOT_FOUND: defineError(
    404,
    (what: string, name: string, where = '') =>
      `There is no ${what} "${name}"${where === '' ? '' : ` in ${where}`}.`,
  ),
  NAME_AMBIGUOUS: defineError(
    409,
    (what: string, name: string, ids: readonly string[]) =>
      `More than one ${what} is called "${name}". Use an id instead: ${ids.join(', ')}.`,
  ),
  FILE_UNREADABLE: defineError(
    422,
    (file: string, reason: string) => `${file} cannot be read: ${clause(reason)}. Nothing was sent.`,
  ),
  FILE_REFUSED: defineError(
    422,
    (kind: string, extensions: readonly string[], name: string, found: string) =>
      `The ${kind} must be a file of type: ${extensions.join(', ')}; ${name} holds ${found}.`,
  ),
  RESOURCES_SHORT: defineError(
    503,
    () =>
      'The machine is currently short of file descriptors, memory or processes. Try again in a few seconds.',
  ),
  MESSENGER_ENDING: defineError(
    503,
    () => 'The messenger is shutting down, so this was not done. Try again when it is running again.',
  ),
  STORAGE_UNUSABLE: defineError(
    507,
    (reason: string) =>
      `The file could not be stored: ${clause(reason)}. Nothing was sent; check the folder .messenger/storage and the free space.`,
  ),
  FILE_TOO_LARGE: defineError(
    422,
    (kind: string, name: string, limit: number, found: number) =>
      `The ${kind} must not be greater than ${limit} kilobytes; ${name} has ${found}.`,
  ),
  KNOCKED_LATELY: defineError(
    429,
    (thread: string, seconds: number) => `You can't knock at ${thread} for another ${seconds} seconds.`,
  ),
  REACTION_INVALID: defineError(422, () => 'The reaction must contain a valid emoji.'),
  MESSAGE_INVALID: defineError(422, (problem: string) => `The message was not sent: ${clause(problem)}.`),

  NAME_INVALID: defineError(
    400,
    (name: string, problem: string) =>
      `"${name}" cannot be the name of a person: ${clause(problem)}. Others could not tell who that is; use 1 to 255 characters on one line.`,
  ),
  UNAUTHENTICATED: defineError(401, () => 'Unauthenticated.'),
  NOT_LOCATED: defineError(404, (what: string) => `Unable to locate the ${what} you requested.`),
  INVALID_INPUT: defineError(
    422,
    (first: string, more: number) =>
      `${first}${more > 0 ? ` (and ${more} more ${more === 1 ? 'error' : 'errors'})` : ''}`,
  ),
  REQUEST_FAILED: defineError(502, (answer: string) => answer),
  IDEMPOTENCY_KEY_INVALID: defineError(
    400,
    (problem: string) =>
      `The Idempotency-Key header is invalid: ${clause(problem)}. Nothing was stored; send 1 to 255 visible ASCII characters, for example a new UUID for each request.`,
  ),
  IDEMPOTENCY_KEY_REUSED: defineError(
    422,
    (key: string) =>
      `The Idempotency-Key "${key}" was already used for a request with another body. Nothing was stored; use a new key for a new request.`,
  ),
  IDEMPOTENCY_KEY_BUSY: defineError(
    409,
    (key: string) =>
      `A request with the Idempotency-Key "${key}" is still being answered. Nothing was stored for this one; send it again in a moment to get that answer.`,
  ),
  IDEMPOTENCY_ANSWER_LOST: defineError(
    409,
    (key: string, problem: string) =>
      `The request with the Idempotency-Key "${key}" was done, but its answer was lost in a crash and cannot be created again: ${clause(problem)}. Nothing was done twice; check the current state.`,
  ),
  TOO_MANY_ATTEMPTS: defineError(429, () => 'Too Many Attempts.'),
  TOO_MANY_OPEN_REQUESTS: defineError(
    429,
    (limit: number) =>
      `${limit} requests are already open, which is the maximum. Wait for an answer, and try again.`,
  ),
  TOO_MANY_SOCKETS: defineError(
    429,
    (limit: number) =>
      `${limit} realtime connections are already open, which is the maximum for one person. Close one, and try again.`,
  ),
  BODY_TOO_LARGE: defineError(
    413,
    (limit: number) =>
      `The body is larger than the ${limit} kilobytes that are allowed besides its file. The rest was not read.`,
  ),
  BODY_IN_TOO_MANY_PARTS: defineError(
    413,
    (limit: number) => `The body has more than the ${limit} fields that are allowed. The rest was not read.`,
  ),
  TOO_MANY_HEADERS: defineError(
    431,
    (found: number, limit: number) =>
      `The request has ${found} headers, but at most ${limit} are allowed. The rest was not read.`,
  ),
  ADDRESS_UNUSABLE: defineError(
    500,
    (host: string, port: number, problem: string) =>
      `The server cannot listen on ${host}:${port}: ${clause(problem)}. Nothing was started; use another --port, or 0 for any free port.`,
  ),

  SYSTEM_REFUSED: defineError(
    500,
    (file: string, reason: string) =>
      `${file} cannot be used: ${clause(reason)}. Check the path, its owner and the free space.`,
  ),
  FILES_NOT_REMOVED: defineError(
    500,
    (count: number, examples: readonly string[]) =>
      `${count} ${count === 1 ? 'file' : 'files'} could not be removed: ${examples.join('; ')}${count > examples.length ? '; …' : ''}. They are tried again at the next purge and the next start.`,
  ),

  WORKSPACE_BUSY: defineError(
    409,
    (pid: number, purpose: string) =>
      `"messenger ${purpose}" is already running in this folder as process ${pid}. Two at once would take each other's messages; end that one first.`,
  ),
  DAEMON_NOT_RUNNING: defineError(
    409,
    () => `No daemon is running in this workspace. Start one with "${commandLine('daemon start')}".`,
  ),
  DAEMON_RUNNING: defineError(
    409,
    (pid: number) =>
      `A daemon is already running in this workspace as process ${pid}. "${commandLine('daemon restart')}" restarts it.`,
  ),
  DAEMON_SILENT: defineError(
    504,
    (pid: number) =>
      `The daemon (process ${pid}) does not respond. See "${commandLine('daemon logs')}". "${commandLine('daemon stop --force')}" ends it; what it was doing is done again at the next start.`,
  ),
  DAEMON_FAILED: defineError(
    500,
    (reason: string) =>
      `The daemon did not start: ${reason || 'its process ended without an error message. Look in .messenger/logs and start it again.'}`,
  ),
  DATABASE_FULL: defineError(
    507,
    () => 'The disk is full, so nothing was stored. Free some space and try again.',
  ),
  DATABASE_BUSY: defineError(
    503,
    (seconds: number) =>
      `Another process has locked the database for more than ${seconds} seconds, so nothing was stored. Try again later.`,
  ),
  DATABASE_REFUSED: defineError(
    507,
    (problem: string) =>
      `The database cannot be read or written: ${clause(problem)}. Nothing was stored; check the disk and the owner of the files in .messenger.`,
  ),
  DATABASE_UNCONFIRMED: defineError(
    507,
    (problem: string) =>
      `The disk did not confirm the last write to the database: ${clause(problem)}. What was being stored may be there or not, and nothing more is stored until messenger is started again. Check the disk first.`,
  ),
  DATABASE_GONE: defineError(
    503,
    (file: string, what: 'removed' | 'replaced' | 'emptied') =>
      `${file} was ${what} while it was in use. Nothing was stored, and nothing will be until this is fixed. Put the file back as it was; or stop every messenger process, restore a backup (or nothing, to start with an empty database), and start again.`,
  ),
  DATABASE_DAMAGED: defineError(
    507,
    (file: string, problem: string) =>
      `The database ${file} is damaged: ${clause(problem)}. Nothing was stored. ${outOfDamage(file)}`,
  ),
  DATABASE_NEWER: defineError(
    409,
    (found: string, known: string) =>
      `The database is at migration ${found}, but this release only knows migrations up to ${known}. Using it could lose data. Upgrade messenger-bots, or restore a backup.`,
  ),
  DATABASE_UNUSABLE: defineError(
    500,
    (file: string, problem: string, isDamaged = false) =>
      `The database ${file} cannot be opened: ${clause(problem)}. Nothing was changed. ${isDamaged ? outOfDamage(file) : 'Check the file, its owner and the free space.'}`,
  ),
};
