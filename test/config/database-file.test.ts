import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openStorage } from '../../src/app/open-storage.ts';
import { databaseFile } from '../../src/config/database-file.ts';
import { findWorkspace } from '../../src/config/workspace.ts';
import { messenger } from '../support/messenger.ts';
import { makeWorkspace } from '../support/workspace.ts';

const workspace = findWorkspace('/srv/chat');

test.each([
  [undefined, '/srv/chat/.messenger/messenger.sqlite'],
  ['chat.sqlite', '/srv/chat/chat.sqlite'],
  ['../chat.sqlite', '/srv/chat.sqlite'],
  ['/var/lib/chat.sqlite', '/var/lib/chat.sqlite'],
  ['file:chat.sqlite', '/srv/chat/chat.sqlite'],
  ['file:///var/lib/chat.sqlite', '/var/lib/chat.sqlite'],
  ['sqlite:/var/lib/chat.sqlite', '/var/lib/chat.sqlite'],
  ['sqlite:data/chat.sqlite', '/srv/chat/data/chat.sqlite'],
])('database.url %j is the file %s', (url, file) => {
  expect(databaseFile(workspace, { database: { url } })).toBe(file);
});

describe('the data of a workspace', () => {
  test('is for its owner alone, and not for version control', async () => {
    const { data, ...rest } = makeWorkspace();
    await (await openStorage({ data, ...rest })).close();
    expect(statSync(data).mode & 0o777).toBe(0o700);
    expect(readFileSync(path.join(data, '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('stays out of version control also where a command only compiled something', async () => {
    const files = { 'messenger.config.ts': 'export default {};', '.messenger/keep.txt': '' };
    const { folder, data } = makeWorkspace(files);
    await messenger(folder, ['bots', '--json']);
    expect(readFileSync(path.join(data, '.gitignore'), 'utf8')).toBe('*\n');
  });

  test('is where the environment says; nothing is written beside that file', async () => {
    const { folder } = makeWorkspace({ 'data/keep.txt': '' });
    const environment = { MESSENGER_DATABASE_URL: 'file:data/chat.sqlite' };
    expect(await messenger(folder, ['user:token', 'Ada'], '', environment)).toMatchObject({ code: 0 });
    const there = (name: string) => existsSync(path.join(folder, name));
    expect(['data/chat.sqlite', 'data/.gitignore', '.messenger/messenger.sqlite'].map(there)).toEqual([
      ...[true, false, false],
    ]);
  });

  test('in a database that is none of ours is refused with a sentence', async () => {
    const { folder } = makeWorkspace();
    const environment = { MESSENGER_DATABASE_URL: 'postgres://chat@localhost/chat' };
    const { code, stderr } = await messenger(folder, ['user:token', 'Ada'], '', environment);
    expect(code).toBe(1);
    expect(stderr).toContain('must be the path of a SQLite file; this release knows no other database');
  });
});
