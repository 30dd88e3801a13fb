import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { type FileLimits, loadFile } from '../../src/authoring/file-source.ts';
import { Network } from '../support/network.ts';
import { rejection } from '../support/sandbox.ts';

const limits: FileLimits = { folder: '/', kind: 'image', limit: 1 };

describe('a downloaded file', () => {
  test('has the name at the end of its address, and its content', async () => {
    const network = await Network.open();
    await network.answerRaw('meow');
    const { name, bytes } = await loadFile(`${network.address}/pictures/cat.png?size=s`, limits);
    expect([name, Buffer.from(bytes).toString()]).toEqual(['cat.png', 'meow']);
  });

  test('may be empty, and is called by its kind if its address has no name', async () => {
    const network = await Network.open();
    await network.answerRaw('', {}, 204);
    expect(await loadFile(network.address, limits)).toEqual({ name: 'image', bytes: new Uint8Array() });
  });

  test.each([
    ['announces', 'that it is too large', { 'content-length': '1025' }],
    ['does not announce', 'that it is too large', {}],
  ])('is refused when the server %s %s', async (_, __, headers) => {
    const network = await Network.open();
    await network.answerRaw('x'.repeat(1025), headers);
    await expect(loadFile(`${network.address}/cat.png`, limits)).rejects.toMatchObject({
      code: 'FILE_TOO_LARGE',
      message: 'The image must not be greater than 1 kilobytes; cat.png has 2.',
    });
  });

  test('is not read to its end when it never ends', async () => {
    const network = await Network.open();
    void network.hang(0, (response) => response.write('x'.repeat(1025)));
    await expect(loadFile(network.address, limits)).rejects.toMatchObject({ code: 'FILE_TOO_LARGE' });
  });

  test('is reported with the status of an unsuccessful answer, without the query of its address', async () => {
    const network = await Network.open();
    await network.answerRaw('', {}, 500);
    const error = await rejection(loadFile(`${network.address}/cat.png?key=secret`, limits));
    expect(error).toMatchObject({ code: 'FILE_UNREADABLE' });
    expect(error.message).toContain(`${network.address}/cat.png cannot be read: the server answered 500.`);
  });

  test('is reported with the reason when the server cannot be reached', async () => {
    const network = await Network.open();
    await network.down();
    const error = await rejection(loadFile(`${network.address}/cat.png`, limits));
    expect(error.message).toContain('cat.png cannot be read: connect ECONNREFUSED');
    expect(error.cause).toBeInstanceOf(TypeError);
  });

  test.each([
    ['anything', undefined],
    ['its end', 'half'],
  ])('is given up at the deadline when %s has not arrived', async (_, begin) => {
    const deadline = new AbortController();
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(deadline.signal);
    onTestFinished(() => timeout.mockRestore());
    const network = await Network.open();
    void network.hang(0, (response) => {
      if (begin !== undefined) response.write(begin);
      deadline.abort();
    });
    const error = await rejection(loadFile(`${network.address}/cat.png`, limits));
    expect(timeout).toHaveBeenCalledWith(10_000);
    expect(error.message).toContain('cannot be read: the download took longer than 10000 ms.');
  });
});
