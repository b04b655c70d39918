import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as driver, type Browser, type Page } from 'playwright-core';
import { adminToken, TestService } from '../support/service.js';
import { fill, prefixes } from '../http/fixture.js';

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe('in a browser', () => {
  let service: TestService;
  let browser: Browser;
  let page: Page;
  let folder: string;
  before(async () => {
    service = await TestService.start();
    await fill(service);
    folder = await mkdtemp(join(tmpdir(), 'regiograaf-browser-'));
    browser = await driver.launch({ executablePath: await chromium.executablePath(), args: chromium.args, headless: true });
    page = await (await browser.newContext({ bypassCSP: true, viewport: { width: 320, height: 800 } })).newPage();
  });
  after(async () => {
    await browser.close();
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function sound(): Promise<void> {
    await page.evaluate(await readFile(axe, 'utf8'));
    const found = await page.evaluate('axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }).then((r) => r.violations.map((v) => v.id))');
    assert.deepEqual(found, [], page.url());
    assert.equal(await page.evaluate('document.documentElement.scrollWidth'), 320, 'no sideways scrolling on a phone');
  }

  for (const path of ['/', '/datasets', '/datasets/proef', '/doc/actor/gent', '/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%205', '/commits', '/commits/3', '/laden', '/ns', '/over', '/problemen', '/niets', '/en', '/actoren', '/initiatieven?q=x', '/vragen', '/overzicht', '/ldes', '/sync', '/dumps', '/api', '/laden/ongedaan/3']) {
    it(`${path} has no accessibility failures axe can find, and fits a phone`, async () => {
      await page.goto(service.url + path);
      await sound();
    });
  }

  it('a steward loads a file with the keyboard alone', async () => {
    await page.goto(`${service.url}/laden`);
    await page.locator('#token').focus();
    await page.keyboard.type(adminToken);
    await page.keyboard.press('Enter');
    await page.locator('#bestand').waitFor();
    const file = join(folder, 'bestand.ttl');
    await writeFile(file, `${prefixes} ex:browser a ex:Proef ; dct:title "Uit de browser"@nl .`);
    await page.selectOption('#dataset', 'http://localhost:3000/id/dataset/proef');
    await page.setInputFiles('#bestand', file);
    await page.locator('form.card button').press('Enter');
    await page.locator('text=Wat er verandert').waitFor();
    await sound();
    await page.locator('button:has-text("Publiceren")').press('Enter');
    await page.locator('h1:has-text("Gepubliceerd")').waitFor();
    await sound();
    await page.locator('a:has-text("Bekijk deze versie")').press('Enter');
    await page.locator('a:has-text("Ongedaan maken")').press('Enter');
    await page.locator('h1:has-text("ongedaan maken")').waitFor();
    await sound();
    await page.locator('button:has-text("Ongedaan maken")').press('Enter');
    await page.locator('h1:has-text("Gepubliceerd")').waitFor();
  });
});
