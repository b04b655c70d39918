import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { Fault, type FaultCode } from '../../faults.js';
import { StreamLint } from '../../publication/ldes/lint.js';
import { lintRules, type LintedPage, type LintReport } from '../../publication/ldes/lintRules.js';
import { type Context, globalsOf } from '../context.js';
import { openLocal } from '../dataFolder.js';
import { exitCodes, Unreachable } from '../exitCodes.js';
import { print } from '../io.js';
import { examples } from '../options.js';

/** Where pages are fetched: addresses under `from` are asked under `to`. */
interface Place {
  readonly from: string;
  readonly to: string;
  readonly token?: string;
}

const statusFaults: Readonly<Record<number, FaultCode>> = { 404: 'not-found', 410: 'gone' };

function getter({ from, to, token }: Place): (url: string) => Promise<LintedPage> {
  return async (url) => {
    const address = url.startsWith(from) ? to + url.slice(from.length) : url;
    const headers = { accept: 'application/n-quads', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
    const response = await patiently(address, headers);
    const body = await response.text();
    if (!response.ok) throw new Fault(statusFaults[response.status] ?? 'internal', { nl: `${address} antwoordt ${response.status}.`, en: `${address} answers ${response.status}.` });
    const header = (name: string): string => response.headers.get(name) ?? '';
    return { url, body, cacheControl: header('cache-control'), vary: header('vary'), etag: header('etag') };
  };
}

/** Asks again when the service says that it is busy, as its readers do. */
async function patiently(address: string, headers: Readonly<Record<string, string>>, tries = 10): Promise<Response> {
  const response = await fetch(address, { headers }).catch((cause: unknown) => {
    throw new Unreachable(address, cause);
  });
  if (tries === 0 || (response.status !== 503 && response.status !== 429)) return response;
  await response.body?.cancel();
  await sleep(Math.min(30, Number(response.headers.get('retry-after') ?? 2) || 2) * 1000);
  return patiently(address, headers, tries - 1);
}

async function namesOf({ from, to }: Place): Promise<readonly string[]> {
  const { body } = await getter({ from, to })(`${from}ldes`);
  return [...new Set([...body.matchAll(/#view> <([^>]+)> \.$/gm)].map(([, root = '']) => root))].map((root) => root.slice(root.indexOf('/ldes/') + 6));
}

/** Checks a stream; from the root again when it was cut anew meanwhile (a purge, a dataset that became restricted). */
async function checked(root: string, place: Place, tries = 3): Promise<LintReport> {
  try {
    return await StreamLint.run(root, getter(place));
  } catch (error) {
    if (tries === 0 || !(error instanceof Fault) || error.code !== 'gone') throw error;
    return checked(root, place, tries - 1);
  }
}

/** `regiograaf streams check [STREAM]`: reads streams as their clients do and tells what would hinder them. */
export function streamsCommand(context: Context): Command {
  const { say, io } = context;
  const check = new Command('check')
    .summary(say({ nl: 'streams nakijken zoals hun lezers dat doen', en: 'check streams as their readers read them' }))
    .description(say({ nl: 'Leest de stream bladzijde na bladzijde en toetst elke regel van LDES en TREE waarop bekende clients steunen. Eindigt met code 3 als er iets niet klopt.', en: 'Reads the stream page by page and checks every rule of LDES and TREE that known clients rely on. Ends with code 3 when something is wrong.' }))
    .argument('[stream]', say({ nl: 'naam van de stream, bijvoorbeeld actoren of alles/activiteiten; zonder naam alle streams', en: 'name of the stream, for instance actoren or alles/activiteiten; without a name all streams' }))
    .addHelpText('after', examples(say, ['regiograaf streams check', 'regiograaf streams check actoren --url https://graaf.example/']))
    .action(async (stream: string | undefined, _options: object, command: Command) => {
      const { url, data, token, json } = globalsOf(command, context);
      const reports = await withPlace({ url, token, data }, async (place) => {
        const names = stream === undefined ? await namesOf(place) : [stream];
        const found: { stream: string; report: LintReport }[] = [];
        for (const name of names) found.push({ stream: name, report: await checked(`${place.from}ldes/${name}`, place) });
        return found;
      });
      context.exitCode = reports.every(({ report }) => report.findings.length === 0) ? exitCodes.ok : exitCodes.shapes;
      if (json === true) await print(io.stdout, `${JSON.stringify(reports)}\n`);
      else for (const { stream: name, report } of reports) await print(io.stdout, shown(name, report));
    });
  async function withPlace<T>({ url, token, data }: { readonly url: string | undefined; readonly token: string | undefined; readonly data: string | undefined }, work: (place: Place) => Promise<T>): Promise<T> {
    if (url !== undefined) {
      const place = url.endsWith('/') ? url : `${url}/`;
      return work({ from: place, to: place, ...(token === undefined ? {} : { token }) });
    }
    const service = await openLocal({ folder: data, io, mustExist: true });
    const server = createServer(service.app);
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      const to = `http://127.0.0.1:${port}${new URL(service.base).pathname}`;
      const local = /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(service.base).hostname);
      return await work({ from: local ? to : service.base, to });
    } finally {
      server.closeAllConnections();
      server.close();
      await service.close();
    }
  }
  function shown(name: string, { findings, pages, members }: LintReport): string {
    const verdict = findings.length === 0 ? say({ nl: 'in orde', en: 'sound' }) : say({ nl: `${findings.length} bevindingen`, en: `${findings.length} findings` });
    const lines = findings.slice(0, 50).map(({ rule, page, what }) => `  ${rule}: ${page}: ${what} (${lintRules[rule]})\n`);
    return say({ nl: `${name}: ${verdict} (pagina’s: ${pages}, leden: ${members})\n`, en: `${name}: ${verdict} (pages: ${pages}, members: ${members})\n` }) + lines.join('');
  }
  return new Command('streams').summary(say({ nl: 'event streams (LDES)', en: 'event streams (LDES)' })).addCommand(check);
}
