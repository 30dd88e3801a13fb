import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { WorkspaceHost } from '../../../src/cli/simulate/workspace-host.ts';
import { findWorkspace } from '../../../src/config/workspace.ts';
import { removeFolder } from '../../support/remove-folder.ts';
import { makeWorkspace } from '../../support/workspace.ts';

test.each([
  ['moved', false],
  ['replaced', true],
])(
  'a simulation whose workspace was %s starts no daemon there, and creates nothing',
  async (_, isReplaced) => {
    const { folder } = makeWorkspace();
    const host = new WorkspaceHost(findWorkspace(folder), { onStop: () => {} });
    renameSync(folder, `${folder}.old`);
    onTestFinished(() => removeFolder(`${folder}.old`));
    if (isReplaced) mkdirSync(folder);
    const gone = { code: 'DATABASE_GONE', message: expect.stringContaining(`${folder} was removed`) };
    await expect(host.locate()).rejects.toMatchObject(gone);
    await expect(host.login('Ada')).rejects.toMatchObject(gone);
    await expect(host.openWithReport('Ada')).rejects.toMatchObject(gone);
    await host.close();
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  },
);
