import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { botSource, exactBot, posting } from '../support/bot-source.ts';
import { helloBot } from '../support/handlers.ts';
import { messenger } from '../support/messenger.ts';
import { writeFiles } from '../support/temporary-folder.ts';
import { makeWorkspace } from '../support/workspace.ts';

const frail = exactBot('Frail', '!up', `const [word] = this.getParsedWords(); ${posting('word')}`);
const needy = botSource('Needy', `if (this.getPayload('word') === 'boom') throw new Error('boom');`, {
  members: 'rules() { return { word: z.string() }; }',
});

const quick = ['--runs', '5', '--seed', '1'];

test('a handler that keeps the rules: exit 0, and nothing is written', async () => {
  const { folder, data } = makeWorkspace({ 'bots/HelloBot.ts': helloBot });
  const { code, stdout } = await messenger(folder, ['fuzz', 'HelloBot', ...quick]);
  expect([code, stdout]).toEqual([0, 'HelloBot: 5 chats, no rule broken (seed 1).\n']);
  expect(existsSync(path.join(folder, 'HelloBot.fuzz.chat.yaml'))).toBe(false);
  expect(existsSync(path.join(data, 'messenger.sqlite'))).toBe(false);
});

describe('a handler that breaks a rule: exit 1', () => {
  test('with the chat, where it is saved, and how to find it again', async () => {
    const { folder } = makeWorkspace({ 'bots/Frail.ts': frail });
    const { code, stdout } = await messenger(folder, ['fuzz', 'frail', '--runs', '50', '--seed', '1']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Frail broke a rule in chat \d+\. The smallest chat that does:\n\n {2}alice: "!up"\n {2}✗ .* \(bots\/Frail\.ts:11\)\n\nSaved to Frail\.fuzz\.chat\.yaml\. "messenger test Frail\.fuzz\.chat\.yaml" plays it and fails until it is fixed\.\nTo find it again: messenger fuzz frail --seed 1 --path [\d:]+\n$/,
    );
    const again = /--path ([\d:]+)/.exec(stdout)?.[1] ?? '';
    const words = ['fuzz', 'frail', '--seed', '1', '--path', again, '--json'];
    const { stdout: json } = await messenger(folder, words);
    expect(JSON.parse(json)).toMatchObject({
      class: 'Frail',
      handler: 'frail',
      chats: 1,
      seed: 1,
      interrupted: false,
      failure: { rule: 'failed', at: 'bots/Frail.ts:11', chat: [{ after: 0, by: 'alice', text: '!up' }] },
      saved: 'Frail.fuzz-2.chat.yaml',
      obstacles: [],
    });
    expect(await messenger(folder, ['test', 'Frail.fuzz-2.chat.yaml'])).toMatchObject({ code: 1 });
    const fixed = frail.replace('const [word] =', 'const [word] = [String()] ??');
    writeFiles(folder, { 'bots/Frail.ts': fixed.replace(posting('word'), '') });
    expect(await messenger(folder, ['test', 'Frail.fuzz-2.chat.yaml'])).toMatchObject({ code: 0 });
  });

  test('with the parameters of an action of the workspace, where it needs some', async () => {
    const { folder } = makeWorkspace({ 'bots/Needy.ts': needy });
    await messenger(folder, ['attach', 'needy', '{"match":"exact","triggers":["go"],"word":"boom"}']);
    const { code, stdout } = await messenger(folder, [
      'fuzz',
      'needy',
      '--runs',
      '50',
      '--save',
      'found.yaml',
    ]);
    expect([code, stdout]).toEqual([1, expect.stringContaining('  alice: go\n  ✗ boom')]);
    expect(readFileSync(path.join(folder, 'found.yaml'), 'utf8')).toContain(
      '- needy: {"match":"exact","triggers":["go"],"word":"boom","cooldown":5}',
    );
  });
});

describe('wrong use', () => {
  test.each([
    [['Needy'], `Needy needs parameters, and no action of this workspace has any that fit.`],
    [['Needy', 'wrod=a'], 'wrod'],
    [['Needy', '--runs', '0'], 'It must be a whole number from 1 to 1000000.'],
    [['Needy', '--path', 'x'], 'It must be numbers with colons'],
    [['Needy', '--path', '1:2'], '--path belongs to a seed.'],
  ])('%j: %s', async (words, sentence) => {
    const { folder } = makeWorkspace({ 'bots/Needy.ts': needy });
    const { code, stderr } = await messenger(folder, ['fuzz', ...words]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(sentence)]);
  });

  test('a file to save to is never overwritten', async () => {
    const { folder } = makeWorkspace({ 'bots/Frail.ts': frail, 'found.yaml': 'mine' });
    const { code, stderr } = await messenger(folder, ['fuzz', 'frail', '--save', 'found.yaml']);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/found\.yaml already exists.* Choose another name, or remove it first\./),
    ]);
  });
});
