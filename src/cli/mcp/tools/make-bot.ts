import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { makeBot as make } from '../../make-bot.ts';
import { assertInside } from '../inside.ts';
import { defineTool } from '../tool.ts';

export const makeBot = defineTool({
  name: 'make_bot',
  title: 'Make a bot',
  description:
    'Writes a new handler to bots/ from a template and returns its source. Edit the file as needed: the next call uses what is saved.',
  effect: 'adds',
  input: {
    class: z.string().describe('Name of the class and of its file, like HelloBot.'),
    force: z.boolean().default(false).describe('Overwrite the file if it exists.'),
  },
  run: async ({ workspace }, { class: className, force }) => {
    assertInside(workspace, path.join('bots', `${className}.ts`));
    const { alias, files } = await make(workspace, className, { force });
    const names = files.map((file) => path.relative(workspace.folder, file));
    const source = readFileSync(path.join(workspace.folder, names[0] ?? ''), 'utf8');
    const text = `Wrote ${names.join(' and ')}. The handler "${alias}" answers !${alias} once it is attached.\n\n${source}`;
    return { data: { class: className, alias, files: names, source }, text };
  },
});
