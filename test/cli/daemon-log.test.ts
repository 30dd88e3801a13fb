import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { showLog } from '../../src/cli/daemon-log.ts';
import { findWorkspace } from '../../src/config/workspace.ts';
import { daemonPaths } from '../../src/daemon/paths.ts';
import { capturedOutputs } from '../support/outputs.ts';
import { temporaryFolder, writeFiles } from '../support/temporary-folder.ts';

/** A workspace whose log and the one before it have these texts. */
function workspaceWith(log?: string, before?: string) {
  const folder = temporaryFolder();
  writeFiles(folder, { 'messenger.config.ts': 'export default {};' });
  const workspace = findWorkspace(folder);
  const file = daemonPaths(workspace.data).log;
  mkdirSync(path.dirname(file), { recursive: true });
  if (log !== undefined) appendFileSync(file, log);
  if (before !== undefined) appendFileSync(`${file}.1`, before);
  return workspace;
}

describe('the last lines of the log', () => {
  test.each<[string, string | undefined, string, number, string]>([
    ['are all, if there are fewer', undefined, 'a\nb\n', 100, 'a\nb\n'],
    ['are as many as asked for', undefined, 'a\nb\nc\n', 2, 'b\nc\n'],
    ['are none if none are asked for', undefined, 'a\nb\n', 0, ''],
    ['begin in the log before', 'x\ny\n', 'a\n', 2, 'y\na\n'],
    ['are those of the log before where the new one is empty', 'x\ny\n', '', 1, 'y\n'],
    ['have no line that is still being written', undefined, 'a\nhalf', 100, 'a\n'],
    [
      'have empty lines and any characters unchanged, in a pipe',
      undefined,
      '\n日本 \u001b[2J\n',
      100,
      '\n日本 \u001b[2J\n',
    ],
  ])('%s', async (_, before, log, lines, stdout) => {
    const workspace = workspaceWith(log, before);
    const texts = capturedOutputs();
    await showLog(workspace, { lines, json: true });
    expect(texts).toEqual({ stdout, stderr: '' });
  });

  test('are none where no daemon has run, which is told beside the output', async () => {
    const texts = capturedOutputs();
    await showLog(workspaceWith(), { lines: 100 });
    expect(texts).toEqual({
      stdout: '',
      stderr: 'There is no log yet: no daemon has run in this workspace.\n',
    });
  });
});
