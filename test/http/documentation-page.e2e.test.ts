import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { programAt } from '../support/programs.ts';
import { endAfterAll } from '../support/temporary-folder.ts';
import { TestServer } from '../support/test-server.ts';

const executablePath = programAt('chromium', 'chromium-browser', 'google-chrome');
const atEnd = endAfterAll();

/** Milliseconds: a browser on a busy machine takes its time. */
const patience = 90_000;

let testServer: TestServer;
let browser: Browser | undefined;

beforeAll(async () => {
  if (executablePath === undefined) return;
  testServer = await TestServer.open({}, {}, atEnd);
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: patience });
});
afterAll(() => browser?.close());

/** A page that shows nothing yet, what it has asked for, and what went wrong on it. */
async function openPage() {
  const page = await browser?.newPage();
  if (page === undefined) throw new Error('There is no browser.');
  onTestFinished(() => page.close());
  page.setDefaultTimeout(patience);
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).origin));
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const show = async (anchor = '') => {
    await page.goto(`${testServer.server.url}/docs${anchor}`);
    await page.locator('main section').first().waitFor();
  };
  return { page, asked, complaints, show };
}

const operation = (page: Page, method: string, path: string) =>
  page
    .locator('details.operation')
    .filter({ has: page.getByText(method, { exact: true }) })
    .filter({ has: page.getByText(path, { exact: true }) });

describe.skipIf(executablePath === undefined)('the documentation page in a browser', () => {
  test('shows the API and asks nobody else for anything', async () => {
    const { page, asked, complaints, show } = await openPage();
    await show();
    const bots = operation(page, 'POST', '/api/messenger/threads/{thread}/bots');
    await bots.locator('summary').first().click();
    await bots.getByText('hide_actions', { exact: true }).first().waitFor();
    if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT });
    expect(complaints).toEqual([]);
    expect(new Set(asked)).toEqual(new Set([testServer.server.url]));
  });

  test('is used by keyboard: / leads to the filter, Enter opens an operation and what is in it', async () => {
    const { page, show } = await openPage();
    await show();
    await page.keyboard.press('/');
    await page.keyboard.type('get {bot}/actions');
    await page.getByText(/^2 of \d+ operations$/).waitFor();
    const actions = operation(page, 'GET', '/api/messenger/threads/{thread}/bots/{bot}/actions');
    await actions.locator('summary').first().focus();
    await page.keyboard.press('Enter');
    await actions.getByText('Fields of Handler').focus();
    await page.keyboard.press('Enter');
    await actions.getByText('authorize', { exact: true }).waitFor();
    expect(await page.locator('main section:visible h2').allTextContents()).toEqual(['actions']);
  });

  test('opens the operation that its address names', async () => {
    const { page, show } = await openPage();
    await show('#post-api-messenger-threads--thread--leave');
    const leave = operation(page, 'POST', '/api/messenger/threads/{thread}/leave');
    await leave.getByText('curl -X POST').waitFor();
    expect(await page.locator('details.operation[open]').count()).toBe(1);
  });

  test('takes nothing of the document for markup', async () => {
    const { page, complaints, show } = await openPage();
    const markup = '<img src=x onerror=alert(1)>';
    const schema = { type: 'object', description: markup, properties: { [markup]: { enum: [markup] } } };
    const content = { [markup]: { schema } };
    const described = {
      summary: markup,
      tags: [markup],
      requestBody: { content },
      responses: { 200: { content } },
    };
    await page.route('**/openapi.json', (route) =>
      route.fulfill({
        json: { info: { title: markup, version: markup }, paths: { [markup]: { [markup]: described } } },
      }),
    );
    await show();
    await page.locator('details.operation > summary').click();
    await page.locator('.fields').first().waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.getByText(markup, { exact: true }).count()).toBeGreaterThan(6);
    expect(complaints).toEqual([]);
  });

  test('says so when it cannot have the document', async () => {
    const { page } = await openPage();
    await page.route('**/openapi.json', (route) => route.fulfill({ status: 503 }));
    await page.goto(`${testServer.server.url}/docs`);
    expect(await page.getByRole('alert').textContent()).toContain('The server answered 503.');
  });
});
