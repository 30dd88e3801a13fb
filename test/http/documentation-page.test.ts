import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HttpStage } from '../support/http-stage.ts';
import { endAfterAll } from '../support/temporary-folder.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file));
const atEnd = endAfterAll();

let stage: HttpStage;
let browser: Browser;

beforeAll(async () => {
  stage = await HttpStage.open({}, {}, atEnd);
  browser = await chromium.launch({ ...(executablePath && { executablePath }), args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());

test('the page shows the API in a browser, and asks nobody else for anything', async () => {
  const page = await browser.newPage();
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
});
