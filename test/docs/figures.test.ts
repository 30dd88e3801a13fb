import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../../src/base/package-file.ts';
import { configSchema } from '../../src/config/schema.ts';
import { maxMessageLength } from '../../src/domain/message.ts';
import { maxStarts } from '../../src/domain/run.ts';
import { filesBelow } from '../support/sources.ts';

const { bots, messages, http, knocks, limits } = configSchema.parse({});
const words = ['none', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** What a page says, with its figures as they are in the code. */
const figures: Array<[page: string, says: string]> = [
  ['README.md', `A handler has ${bots.timeout / 1000} seconds and ${bots.memory} MB.`],
  ['docs/decisions/0001-durability.md', `alone in ${words[maxStarts]} processes that died`],
  ['docs/decisions/0008-failed-actions.md', `Only starts are limited, to ${words[maxStarts]}`],
  ['docs/errors.md', `HelloBot was started ${maxStarts} times`],
  ['docs/http.md', `\`messages.sizeLimit\` | ${maxMessageLength} |`],
  ['docs/http.md', `\`messages.sizeLimit\` | ${messages.sizeLimit} |`],
  ['docs/http.md', `\`limits.bots\`, \`limits.actions\` | ${limits.bots}, ${limits.actions} |`],
  ['docs/http.md', `\`limits.triggerLength\` | ${limits.triggers}, ${limits.triggerLength} |`],
  [
    'docs/http.md',
    `${limits.bots} bots of a group, ${limits.actions} actions of a bot, ${limits.triggers} triggers`,
  ],
  [
    'docs/http.md',
    `${http.rateLimits.api} requests a minute for a person, ${http.rateLimits.message} messages`,
  ],
  ['docs/http.md', `\`knocks.timeout\` | ${knocks.enabled}, ${knocks.timeout} |`],
];

/** Without line breaks, and with tables that are not aligned. */
const textOf = (page: string): string => readFileSync(packageFile(page), 'utf8').replace(/\s+/g, ' ');

test.each(figures)('%s says: %s', (page, says) => {
  expect(textOf(page)).toContain(says);
});

test('.ci/run tests the versions of Node that the README names', () => {
  const [, others = ''] =
    /^other_versions=\((.*)\)$/m.exec(readFileSync(packageFile('.ci/run'), 'utf8')) ?? [];
  const named = others.split(' ');
  expect(textOf('README.md')).toContain(
    `Every change is tested on Node 20, ${named.slice(0, -1).join(', ')} and ${named.at(-1)}`,
  );
});

describe('comments', () => {
  const files = ['src', 'test', 'scripts', 'bench'].flatMap((folder) => [
    ...filesBelow(folder, '.ts'),
    ...filesBelow(folder, '.tsx'),
  ]);

  /** The documents that the comments of a text name. */
  const documentsIn = (text: string): string[] =>
    [...text.matchAll(/^\s*(?:\/\*\*|\*|\/\/) (?!@)(.*)$/gm)].flatMap(([, comment = '']) =>
      [...comment.matchAll(/(?<![\w./'"-])[\w./-]+\.(?:md|txt)\b(?!['"])/g)].map(([name]) => name),
    );

  test('name only documents that are in the repository', () => {
    const documents = ['README.md', ...filesBelow('docs', '.md')];
    const known = new Set(documents.flatMap((file) => [file, path.basename(file)]));
    const unknown = files.flatMap((file) =>
      documentsIn(readFileSync(packageFile(file), 'utf8'))
        .filter((name) => !known.has(name))
        .map((name) => `${file} names ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  test.each([
    [' * Source: `BotActionHandler` of chat-bots.txt.', ['chat-bots.txt']],
    ['// See docs/http.md for it.', ['docs/http.md']],
    ["const page = 'docs/http.md';", []],
    [' * @example read("notes.txt")', []],
  ])('of %s are read as %j', (text, names) => {
    expect(documentsIn(text)).toEqual(names);
  });
});

test('the original is named in one place', () => {
  const pages = ['README.md', ...filesBelow('docs', '.md')];
  expect(pages.filter((page) => /rtippin/i.test(textOf(page)))).toEqual(['docs/compatibility.md']);
});
