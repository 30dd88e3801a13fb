import { commandLine } from '../command-line.ts';
import { clause, defineError } from './define-error.ts';

/** Errors of handlers and packages: in their files, when they are attached, and when they run. */
export const handlerErrors = {
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
  REQUEST_UNANSWERED: defineError(
    502,
    (method: string, url: string, advice: string) =>
      `${method} ${url} has no answer here, and nothing is sent to the network. ${advice}`,
  ),
  NETWORK_TABLE_INVALID: defineError(
    400,
    (key: string) =>
      `"${key}" cannot be a key of the network table: it must be a URL, in which * stands for any characters, optionally after a method. Write a key like 'https://api.example.com/fact' or 'POST https://api.example.com/*'.`,
  ),
  NETWORK_ANSWER_INVALID: defineError(
    500,
    (key: string, field: string, problem: string) =>
      `The answer for "${key}" in the network table cannot be used${field === '' ? '' : ` (${field})`}: ${problem}. Use a text, { status, headers, json }, { status, headers, body }, a Response, or a function that returns one of these.`,
  ),
  CONNECTION_REFUSED: defineError(
    502,
    (address: string) =>
      `A connection to ${address} was not opened: here nothing is sent to the network, and only HTTP requests can be answered. Use fetch or node:http in the handler, or keep what connects in a module that the test replaces.`,
  ),
  NOT_A_HANDLER: defineError(
    422,
    (where: string, what: string, parent: string, why: string) =>
      `${where}: ${what} ${why}. It was not registered; extend ${parent} from "messenger-bots".`,
  ),
};
