import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpStage } from '../support/http-stage.ts';
import { programAt } from '../support/programs.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const executablePath = programAt('chromium', 'chromium-browser', 'google-chrome');
const atEnd = endAfterAll();

/** Milliseconds: a browser on a busy machine takes its time. */
const patience = 90_000;

let stage: HttpStage;
let browser: Browser | undefined;

beforeAll(async () => {
  if (executablePath === undefined) return;
  stage = await HttpStage.open({}, {}, atEnd);
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: patience });
});
afterAll(() => browser?.close());

test.skipIf(executablePath === undefined)(
  'the page shows the API in a browser, and asks nobody else for anything',
  async () => {
    const page = await browser?.newPage();
    if (page === undefined) throw new Error('There is no browser.');
    page.setDefaultTimeout(patience);
    const asked: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).origin));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${stage.server.url}/docs`);
    await page.getByText('/api/messenger/threads/{thread}/bots', { exact: true }).first().waitFor();
    if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT });
    expect(complaints).toEqual([]);
    expect(new Set(asked)).toEqual(new Set([stage.server.url]));
  },
);
