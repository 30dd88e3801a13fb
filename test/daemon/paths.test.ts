import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { daemonPaths } from '../../src/daemon/paths.ts';

const unix = test.skipIf(process.platform === 'win32');
/** A folder in which `daemon.sock` has a path of a number of bytes. */
const folderFor = (bytes: number, letter = 'x') => {
  const end = '/daemon.sock'.length;
  return `/${letter.repeat((bytes - end - 1) / Buffer.byteLength(letter))}`;
};

unix.each<[string, string, boolean]>([
  ['a short path', '/w/.messenger', true],
  ['a path of 99 bytes', folderFor(99), true],
  ['a path of 100 bytes', folderFor(100), false],
  ['a path of few letters and many bytes', folderFor(103, '漢'), false],
])('the socket of %s is beside the database, if systems allow it there', (_, data, isBeside) => {
  const { socket } = daemonPaths(data);
  expect(path.dirname(socket) === data).toBe(isBeside);
  expect(socket.startsWith(isBeside ? data : tmpdir())).toBe(true);
  expect(Buffer.byteLength(`${socket}.new`)).toBeLessThanOrEqual(103);
});

unix('two workspaces with long paths have two sockets, and each has the same one every time', () => {
  const [one, other] = [folderFor(200), folderFor(201)];
  expect(daemonPaths(one).socket).not.toBe(daemonPaths(other).socket);
  expect(daemonPaths(one).socket).toBe(daemonPaths(one).socket);
});

test('all other files are in the data folder', () => {
  const { socket: _, ...files } = daemonPaths('/w/.messenger');
  const names = Object.values(files).map((file) =>
    path.relative('/w/.messenger', file).split(path.sep).join('/'),
  );
  expect(names).toEqual(['daemon.json', 'logs/daemon.log', 'logs/start.log']);
});
