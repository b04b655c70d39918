import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import chromium from '@sparticuz/chromium';
import { chromium as driver, type Browser, type Page } from 'playwright-core';
import { fill } from '../http/fixture.js';
import { TestService } from '../support/service.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const rows = 'SELECT ?ding ?titel WHERE { ?ding a <http://localhost:3000/id/actor/Proef> ; <http://purl.org/dc/terms/title> ?titel } ORDER BY ?titel';

const asking = (query: string): string => `/sparql?query=${encodeURIComponent(query)}`;

/** Asks from outside until it is so: the policy of our pages forbids what the driver's own way of waiting does. */
async function until(page: Page, condition: string): Promise<void> {
  for (let tries = 0; tries < 500; tries += 1) {
    if ((await page.evaluate(condition)) === true) return;
    await page.waitForTimeout(20);
  }
  assert.fail(`never: ${condition}`);
}

describe('the query page in a browser', () => {
  let service: TestService;
  let browser: Browser;
  /** Addresses outside the service, scripts that failed and rules of the policy that were broken. */
  const wrong: string[] = [];
  before(async () => {
    service = await TestService.start();
    await fill(service);
    browser = await driver.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true });
  });
  after(async () => {
    await browser.close();
    await service.stop();
  });
  afterEach(() => assert.deepEqual(wrong.splice(0), []));

  async function open(path: string, options: { readonly width?: number; readonly javaScriptEnabled?: boolean; readonly bypassCSP?: boolean } = {}): Promise<Page> {
    const { width = 1000, ...rest } = options;
    const context = await browser.newContext({ ...rest, viewport: { width, height: 800 }, permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    page.on('request', (request) => {
      if (!request.url().startsWith(service.url)) wrong.push(request.url());
    });
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('400')) wrong.push(message.text());
    });
    await page.goto(service.url + path);
    if (options.javaScriptEnabled !== false) await page.locator('.CodeMirror').waitFor();
    return page;
  }
  for (const [name, path] of [
    ['empty', '/sparql'],
    ['with an answer', asking(rows)],
    ['with an error', asking('SELECT ?s WHERE { ?s ?p }')],
    ['in English', `/en${asking(rows)}`],
    ['the description of the interface', '/api'],
  ] as const) {
    for (const javaScriptEnabled of [true, false]) {
      it(`has no accessibility failures axe can find and fits a phone: ${name}, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async () => {
        const page = await (await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 800 } })).newPage();
        if (!javaScriptEnabled) await page.route('**/*.js', (route) => route.abort());
        await page.goto(service.url + path);
        if (javaScriptEnabled && path !== '/api') await page.locator('.CodeMirror').waitFor();
        await page.evaluate(await readFile(axe, 'utf8'));
        const found = await page.evaluate('axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then((r) => r.violations.map((v) => [v.id, v.nodes.map((n) => n.html)]))');
        assert.deepEqual(found, [], path);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, 'no sideways scrolling on a phone');
      });
    }
  }

  it('answers without scripts: a table whose rows lead to the pages of things', async () => {
    const page = await open('/sparql', { javaScriptEnabled: false });
    await page.locator('#query').fill(rows);
    await page.locator('#vraag button').first().click();
    assert.equal(await page.locator('table.answer tbody tr').count(), 3);
    await page.locator('table.answer a', { hasText: 'Aalst' }).first().click();
    await page.locator('h1', { hasText: 'Aalst' }).waitFor();
  });

  it('answers in place from the keyboard, keeps the query in the address, and goes back', async () => {
    const page = await open('/sparql');
    await page.locator('.CodeMirror').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(rows);
    await page.keyboard.press('Control+Enter');
    await page.locator('table.answer').waitFor();
    assert.equal(new URL(page.url()).searchParams.get('query'), rows);
    assert.match((await page.locator('#stand').textContent()) ?? '', /^3 rijen, in .+, volgens versie \d+\.$/);
    await page.goBack();
    await page.locator('table.answer').waitFor({ state: 'detached' });
  });

  it('lets go of the Tab key after Escape', async () => {
    const page = await open('/sparql');
    await page.locator('.CodeMirror').click();
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.closest(".CodeMirror") !== null'), true, 'Tab indents');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate('document.activeElement.id'), 'bronstatus');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.evaluate('document.activeElement.closest("form").className'), 'line examples');
  });

  it('completes with our own terms and declares their prefix', async () => {
    const page = await open('/sparql');
    await page.locator('.CodeMirror').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('SELECT * WHERE { ?x a rg:B');
    await until(page, 'document.querySelector("[name=query]").value.startsWith("PREFIX rg:")');
    await page.keyboard.type('ouws');
    // A list is made anew for every letter, and only that of the last one takes Enter.
    await until(page, '[...document.querySelectorAll(".CodeMirror-hint")].length > 0 && [...document.querySelectorAll(".CodeMirror-hint")].every((hint) => /bouws/i.test(hint.textContent))');
    await page.waitForTimeout(500);
    await page.locator('.CodeMirror-hint-active', { hasText: 'rg:Bouwsteen' }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' }');
    const text = await page.locator('[name=query]').inputValue();
    assert.match(text, /^PREFIX rg: <https:\/\/w3id\.org\/regiograaf\/ns#>\nSELECT \* WHERE \{ \?x a rg:Bouwsteen \}/);
  });

  it('marks in the editor where the service found an error', async () => {
    const page = await open(asking('SELECT ?s WHERE {\n  ?s ?p\n}'));
    await page.locator('.query-error').waitFor();
    assert.equal(await page.locator('.query-error').textContent(), '}');
    assert.equal(await page.locator('.gutter-error').count(), 1);
    assert.match((await page.locator('#fout').textContent()) ?? '', /Regel 3, kolom 1/);
  });

  it('fills in a named question', async () => {
    const page = await open('/sparql');
    await page.selectOption('#voorbeeld', 'do05-bedenkingen-vuurtorenmodel');
    await page.locator('.examples button').click();
    await page.locator('#bronstatus').waitFor();
    assert.match(await page.locator('[name=query]').inputValue(), /^BASE <http:\/\/localhost:3000\/>\n/);
  });

  it('posts a query that is too long for an address, and offers its files all the same', async () => {
    const page = await open('/sparql');
    const long = `${rows} # ${'x'.repeat(20_000)}`;
    await page.locator('.CodeMirror').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(long);
    await page.keyboard.press('Control+Enter');
    await page.locator('table.answer').waitFor();
    const [download] = await Promise.all([page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.headers()['content-type']?.startsWith('text/csv') === true), page.locator('button[value=csv]').click()]);
    assert.equal(download.status(), 200);
  });
});
