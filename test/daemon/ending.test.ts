import { connect } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openStorage } from '../../src/app/open-storage.ts';
import { serve } from '../../src/daemon/serve.ts';
import { makeToken } from '../../src/services/users/tokens.ts';
import { exactBot, posting } from '../support/bot-source.ts';
import { daemonWorkspace, groupWith } from '../support/daemons.ts';

const grace = 300;

test('a daemon ends within its grace beside a handler that goes on and a client that sends its file for ever', async () => {
  const workspace = daemonWorkspace(
    { 'Long.ts': exactBot('Long', 'hi', `${posting('"begun"')} for (;;);`) },
    { queue: { grace } },
  );
  const daemon = await serve({ workspace, onStop: () => {} });
  onTestFinished(() => daemon.close());
  const { thread, say, bodies } = await groupWith(daemon, 'long');
  const storage = await openStorage(workspace);
  const { token } = await makeToken(storage, 'Ada');
  await storage.close();
  await say('hi');
  await vi.waitFor(async () => expect(await bodies()).toContain('begun'), 30_000);
  const { hostname, port } = new URL(daemon.info.url);
  const upload = connect(Number(port), hostname);
  const cut = new Promise((resolve) => upload.on('error', () => {}).once('close', resolve));
  upload.write(
    [
      `POST /api/messenger/threads/${thread.id}/images HTTP/1.1`,
      `Host: ${hostname}:${port}`,
      `Authorization: Bearer ${token}`,
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Length: 100000',
      '',
      '--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\nabc',
    ].join('\r\n'),
  );
  await vi.waitFor(() => expect(upload.bytesWritten).toBeGreaterThan(300));
  const begun = performance.now();
  await daemon.close();
  expect(performance.now() - begun).toBeLessThan(grace + 2_000);
  await cut;
});
