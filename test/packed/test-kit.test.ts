import { beforeAll, describe, expect, test } from 'vitest';
import { endAfterAll } from '../support/temporary-folder.ts';
import { Project } from './project.ts';

/** A test that closes nothing, for node:test. */
const forgetful = (isolation: string) => `
import { test } from 'node:test';
import { createChat, expect } from 'messenger-bots/testing';
import MadeBot from './MadeBot.js';

test('answers', async () => {
  const chat = await createChat({ bots: [MadeBot], isolation: '${isolation}' });
  expect(await chat.as('alice').say('!made')).toHaveReplied('Hello alice!');
});
`;

describe('the test kit of the packed package', () => {
  const atEnd = endAfterAll();
  let project: Project;
  beforeAll(async () => {
    project = await Project.create(atEnd, { type: 'module' }, ['vitest@4.1.12']);
  });

  test('runs the test that make:bot writes for vitest', async () => {
    const made = await project.messenger(['make:bot', 'HelloBot', '--test']);
    expect(made.stdout).toContain('Run its test: npx vitest run bots/HelloBot.test.ts');
    const { code, stdout } = await project.node(['node_modules/vitest/vitest.mjs', 'run']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('1 passed')]);
  });

  test('runs the test that make:bot writes for node:test, and others that close no chat', async () => {
    project.write({ 'package.json': JSON.stringify({ type: 'module' }) });
    const made = await project.messenger(['make:bot', 'MadeBot', '--test']);
    const file = 'bots/MadeBot.test.ts';
    expect(made.stdout).toContain(`Run its test: node --import jiti/register --test ${file}`);
    const files = {
      none: 'bots/None.test.ts',
      thread: 'bots/Thread.test.ts',
      process: 'bots/Process.test.ts',
    };
    for (const [isolation, name] of Object.entries(files)) project.write({ [name]: forgetful(isolation) });
    const { code, stdout } = await project.node([
      '--import',
      'jiti/register',
      '--test',
      file,
      ...Object.values(files),
    ]);
    expect(stdout).toMatch(/pass 4\n/);
    expect(code).toBe(0);
  });
});
