import { STATUS_CODES } from 'node:http';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { errorCatalogue } from '../../src/base/error-catalogue.ts';
import {
  createError,
  type ErrorCode,
  invalidParameters,
  MessengerError,
  messageOf,
} from '../../src/base/errors.ts';
import { maxStarts } from '../../src/domain/run.ts';
import { filesBelow, nodesOf, parseSource, readSource } from '../support/sources.ts';

type Examples = { [Code in ErrorCode]: Parameters<(typeof errorCatalogue)[Code]['message']> };

/** What each code is given in the example of `docs/errors.md`. */
const examples: Examples = {
  WRONG_USE: [
    `"cooldown" is not a parameter. Use a JSON object like '{"cooldown":0}' or words like cooldown=0.`,
  ],
  INSTALLATION_INCOMPLETE: ["Cannot find package 'better-sqlite3'"],
  UNKNOWN_COMMAND: ['simulat', 'simulate'],
  CLASS_NAME_INVALID: ['helloBot', 'it does not begin with a capital letter'],
  FILE_EXISTS: ['bots/HelloBot.ts'],
  OUTSIDE_WORKSPACE: ['/etc/notes.chat.yaml'],
  TRANSCRIPT_INVALID: ['hello.chat.yaml:4:5', 'There is no field "chats". Did you mean "chat"?'],
  TRANSCRIPT_STEP_FAILED: ['/detach hello', '"hello" is not attached.'],
  TRANSCRIPTS_MISSING: ['bots'],
  CONFIG_INVALID: ['messenger.config.ts', 'there is no setting "bot". Did you mean "bots"?'],
  HANDLER_SETTINGS_INVALID: ['bots/HelloBot.ts', 'alias', 'it must be a non-empty string'],
  HANDLER_WITHOUT_HANDLE: ['bots/HelloBot.ts', 'HelloBot'],
  HANDLER_RULES_RESERVED: ['bots/HelloBot.ts', 'cooldown'],
  HANDLER_ENVIRONMENT_INVALID: ['bots/HelloBot.ts', '"my key" is not the name of a variable'],
  HANDLER_RETRIES_INVALID: ['bots/HelloBot.ts', '1.5', 10],
  HANDLER_TIMEOUT_INVALID: ['bots/HelloBot.ts', "'30s'"],
  ALIAS_TAKEN: ['hello', 'bots/HelloBot.ts', 'bots/HiBot.ts'],
  HANDLER_FILE_BROKEN: ['bots/HelloBot.ts:3:5', 'Unexpected token'],
  HANDLER_UNKNOWN: ['helo', ['hello', 'reply']],
  PACKAGE_UNKNOWN: ['help', ['help_package', 'quiz_package']],
  PACKAGE_SETTINGS_INVALID: ['bots/HelpPackage.ts', 'installs() is wrong', 'it must return a list'],
  PACKAGE_NOT_AUTHORIZED: [],
  AVATAR_UNREADABLE: ['Help Package', 'bots/help.png', 'there is no such file'],
  INVALID_PARAMETERS: ['Reply', 'The cooldown field is required.', 2],
  HANDLER_NOT_AUTHORIZED: ['Hello Response', 'PlaygroundBot'],
  HANDLER_UNIQUE: ['List Commands', 'Playground'],
  HANDLER_THREW: ['HelloBot', 'The list of jokes is empty.'],
  HANDLER_TIMEOUT: ['HelloBot', 30_000],
  HANDLER_EXITED: ['HelloBot', 1],
  HANDLER_KILLED: ['HelloBot', 'SIGKILL'],
  HANDLER_ANSWER_UNUSABLE: ['bots/HelpPackage.ts'],
  HANDLER_BROKE_PROTOCOL: ['HelloBot'],
  HANDLER_OUT_OF_MEMORY: ['HelloBot', 256],
  HANDLER_KEPT_CRASHING: ['HelloBot', maxStarts, 'The process of HelloBot was ended by SIGSEGV.'],
  RUN_ABANDONED: ['HelloBot'],
  RUN_STOPPED: ['HelloBot', 'its bot or its action is disabled'],
  RUN_NOT_RETRIED: ['019a1', 'there is no handler "hello" any more'],
  HANDLER_OUTSIDE_RUN: ['HelloBot.message'],
  FORGOTTEN_AWAIT: ['composer() (message)'],
  EFFECT_REFUSED: ['send its reaction', 'The reaction must contain a valid emoji.'],
  FETCH_TIMEOUT: ['api.example.com', 5_000],
  FETCH_FAILED: ['api.example.com', 'it answered with the status 500'],
  FETCH_TOO_LARGE: ['api.example.com', 10_000],
  OUTSIDE_REQUEST: ['MessengerBots.shouldAuthorize()', 'a handler'],
  REGISTERED_TOO_LATE: ['MessengerBots.registerHandlers()'],
  REQUEST_UNANSWERED: [
    'GET',
    'https://api.example.com/fact',
    "Add it: createChat({ network: { 'https://api.example.com/fact': '…' } }).",
  ],
  NETWORK_TABLE_INVALID: ['api.example.com/fact'],
  NETWORK_ANSWER_INVALID: [
    'https://api.example.com/fact',
    'status',
    'Invalid input: expected number, received string',
  ],
  CONNECTION_REFUSED: ['db.example.com:5432'],
  NOT_A_HANDLER: [
    'bots/HelloBot.ts',
    'the class HelloBot',
    'BotActionHandler',
    'does not extend BotActionHandler',
  ],
  CHAT_CLOSED: ["chat.as('alice').say()"],
  ACTION_NOT_ATTACHED: ['hello', ['reply', 'roll']],
  BOT_CLASS_NOT_EXPORTED: ['HelloBot', '/home/ada/bots', []],
  PERSON_RIGHT_UNKNOWN: ['bob', 'manageBot', ['admin', 'manageBots']],
  NOT_PERMITTED: ['Not authorized to send messages.'],
  NOT_FOUND: ['group', 'Playgroud'],
  NAME_AMBIGUOUS: ['group', 'Team', ['019a1', '019a2']],
  NOTHING_TO_EXPLAIN: [
    'Nobody has written anything in Playground',
    'To explain a text, write it after the command: messenger why "hi there".',
  ],
  FILE_UNREADABLE: ['cat.png', 'it is a pipe, not a regular file'],
  FILE_REFUSED: ['image', ['png', 'jpg'], 'cat.png', 'text'],
  RESOURCES_SHORT: [],
  MESSENGER_ENDING: [],
  STORAGE_UNUSABLE: ['no space left on device'],
  FILE_TOO_LARGE: ['image', 'cat.png', 5120, 6000],
  KNOCKED_LATELY: ['Playground', 42],
  REACTION_INVALID: [],
  MESSAGE_INVALID: ['it is empty'],
  NAME_INVALID: ['Ada', 'it contains a line break or another control character'],
  UNAUTHENTICATED: [],
  NOT_LOCATED: ['bot'],
  INVALID_INPUT: ['The name field is required.', 1],
  REQUEST_FAILED: ['The daemon does not answer.'],
  IDEMPOTENCY_KEY_INVALID: ['it is empty'],
  IDEMPOTENCY_KEY_REUSED: ['8e03978e'],
  IDEMPOTENCY_KEY_BUSY: ['8e03978e'],
  IDEMPOTENCY_ANSWER_LOST: ['8e03978e', 'Not authorized to view thread.'],
  TOO_MANY_ATTEMPTS: [],
  TOO_MANY_OPEN_REQUESTS: [100],
  TOO_MANY_SOCKETS: [50],
  BODY_TOO_LARGE: [1024],
  BODY_IN_TOO_MANY_PARTS: [2000],
  TOO_MANY_HEADERS: [120, 100],
  ADDRESS_UNUSABLE: ['127.0.0.1', 4711, 'the port is in use'],
  SYSTEM_REFUSED: ['bots/HelloBot.ts', 'permission is denied'],
  FILES_NOT_REMOVED: [4, ['threads/1/bots/2: permission is denied']],
  WORKSPACE_BUSY: [4711, 'simulate'],
  DAEMON_NOT_RUNNING: [],
  DAEMON_RUNNING: [4711],
  DAEMON_SILENT: [4711],
  CLOCK_REAL: [4711],
  DAEMON_FAILED: ['the configuration cannot be used.'],
  DATABASE_FULL: [],
  DATABASE_BUSY: [10],
  DATABASE_REFUSED: ['disk I/O error'],
  DATABASE_UNCONFIRMED: ['the disk does not work'],
  DATABASE_GONE: ['.messenger/messenger.sqlite', 'removed'],
  DATABASE_DAMAGED: ['.messenger/messenger.sqlite', 'database disk image is malformed'],
  DATABASE_NEWER: ['0002-files', '0001-core'],
  DATABASE_UNUSABLE: ['.messenger/messenger.sqlite', 'file is not a database'],
};

const exampleOf = <Code extends ErrorCode>(code: Code): MessengerError =>
  createError(code, ...examples[code]);

const isCode = (text: string): text is ErrorCode => Object.hasOwn(errorCatalogue, text);
const codes = Object.keys(errorCatalogue).filter(isCode);

/** The entries of the page: their headings, and their fields. */
function readPage(): Array<[string, Record<string, string>]> {
  const [, ...entries] = readSource('docs/errors.md').split(/^## /m);
  return entries.map((entry) => [entry.split('\n')[0] ?? '', fieldsOf(entry)]);
}

const fieldsOf = (entry: string): Record<string, string> =>
  Object.fromEntries([...entry.matchAll(/^- \*\*(.+?):\*\* (.+)$/gm)].map(([, name, text]) => [name, text]));

describe('docs/errors.md', () => {
  const page = readPage();

  test('has every code of the catalogue, in its order, and no other', () => {
    expect(page.map(([heading]) => heading)).toEqual(codes);
  });

  test.each(codes)('%s says its status, when it happens, what to do, and its very sentence', (code) => {
    expect(new Map(page).get(code)).toEqual({
      Status: String(errorCatalogue[code].status),
      When: expect.stringMatching(/\.$/),
      'What to do': expect.stringMatching(/\.$/),
      Example: exampleOf(code).message,
    });
  });
});

describe('the catalogue', () => {
  const used = new Set(
    filesBelow('src', '.ts')
      .flatMap((file) => nodesOf(parseSource(file)))
      .filter(ts.isStringLiteral)
      .map((literal) => literal.text),
  );

  test.each(codes)('%s is used somewhere in the sources', (code) => {
    expect(used).toContain(code);
  });

  test.each(codes)('%s has a status of HTTP that tells of an error', (code) => {
    const { status } = errorCatalogue[code];
    expect(STATUS_CODES).toHaveProperty(String(status));
    expect(status).toBeGreaterThanOrEqual(400);
  });

  test.each(codes)('%s has a sentence with an end, and every blank in it is filled', (code) => {
    const { message } = exampleOf(code);
    // The brackets are how the original ends what has several errors.
    expect(message).toMatch(/[.?]$|\. \(and \d+ more errors?\)$/);
    expect(message).not.toMatch(/undefined|\[object|NaN| {2}|\.\./);
  });
});

test.each([
  ['a command without a near one', 'Did you mean', false, createError('UNKNOWN_COMMAND', 'x', undefined)],
  ['a command with a near one', 'mean "attach"?', true, createError('UNKNOWN_COMMAND', 'atach', 'attach')],
  ['a handler where there is none', '"messenger make:bot', true, createError('HANDLER_UNKNOWN', 'x', [])],
  ['a handler where there are some', 'make:bot', false, createError('HANDLER_UNKNOWN', 'x', ['y'])],
  ['a package where there is none', 'make:packaged-bot', true, createError('PACKAGE_UNKNOWN', 'x', [])],
  ['a package where there are some', 'make:packaged-bot', false, createError('PACKAGE_UNKNOWN', 'x', ['y'])],
])('the sentence of %s has %j in it: %s', (_, part, expected, error) => {
  expect(error.message.includes(part)).toBe(expected);
});

test.each([
  ['CONFIG_INVALID', createError('CONFIG_INVALID', 'messenger.config.ts', 'It rains.')],
  ['HANDLER_SETTINGS_INVALID', createError('HANDLER_SETTINGS_INVALID', 'bots/A.ts', 'alias', 'It rains.')],
  ['HANDLER_FILE_BROKEN', createError('HANDLER_FILE_BROKEN', 'bots/A.ts', 'It rains.')],
  ['AVATAR_UNREADABLE', createError('AVATAR_UNREADABLE', 'Help', 'a.png', 'It rains.')],
  ['FETCH_FAILED', createError('FETCH_FAILED', 'api.example.com', 'It rains.')],
  ['FILE_UNREADABLE', createError('FILE_UNREADABLE', 'a.png', 'It rains.')],
  ['STORAGE_UNUSABLE', createError('STORAGE_UNUSABLE', 'It rains.')],
  ['MESSAGE_INVALID', createError('MESSAGE_INVALID', 'It rains.')],
  ['DATABASE_UNUSABLE', createError('DATABASE_UNUSABLE', 'a.sqlite', 'It rains.')],
])('%s takes a reason that is a sentence of its own, and has one full stop after it', (_, error) => {
  expect(error.message).toMatch(/It rains\.($| )/);
});

test('failure gives an error with its code, its status and a stack', () => {
  const error = createError('HANDLER_TIMEOUT', 'HelloBot', 50);
  expect(error).toBeInstanceOf(MessengerError);
  expect(error).toMatchObject({ name: 'MessengerError', code: 'HANDLER_TIMEOUT', status: 504 });
  expect(error.stack).toContain('errors.test.ts');
});

test('an error may carry its cause', () => {
  const cause = new Error('the disk is full');
  expect(new MessengerError('DATABASE_UNUSABLE', 'No.', undefined, { cause }).cause).toBe(cause);
});

test.each([
  [{ cooldown: ['One.'] }, 'Reply: One.'],
  [{ cooldown: ['One.'], 'replies.0': ['Two.'] }, 'Reply: One. (and 1 more error)'],
  [{ cooldown: ['One.', 'Two.'], enabled: ['Three.'] }, 'Reply: One. (and 2 more errors)'],
])('invalidParameters keeps %j and says %j', (errors, message) => {
  const error = invalidParameters('Reply', errors);
  expect(error).toMatchObject({ code: 'INVALID_PARAMETERS', message, errors });
});

test.each([
  [new Error('It rains.'), 'It rains.'],
  [new TypeError(''), 'TypeError'],
  ['It rains.', 'It rains.'],
  [42, 'a value that is not an Error was thrown: 42'],
  [null, 'a value that is not an Error was thrown: null'],
  [undefined, 'a value that is not an Error was thrown: undefined'],
  [Symbol('rain'), 'a value that is not an Error was thrown: Symbol(rain)'],
])('messageOf(%o) is %j', (thrown, sentence) => {
  expect(messageOf(thrown)).toBe(sentence);
});

test('sentenceOf gives a sentence also for an object that cannot be made a text', () => {
  expect(messageOf(Object.create(null))).toMatch(/^a value that is not an Error was thrown: /);
});
