import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { enhanced_fetch, replicateLDES } from 'ldes-client';
import type { Bench } from '../bench.js';
import type { BenchService } from '../benchService.js';
import { datasetSlug, smallUpdate } from '../dataset.js';
import { sizeName } from '../figures.js';

/** Entities of the generated data: three for every eighteen quads. */
const quadsPerMember = 6;
const stream = `/ldes/dataset/${datasetSlug}`;
const repeats = 200;
const connections = 8;

/** Event streams of many members: from commit to pages, and from pages to a real client. */
export async function ldes(bench: Bench): Promise<void> {
  const members = bench.options.quick ? 5_000 : 100_000;
  const section = `Event stream of ${sizeName(members)} members`;
  const add = (measure: string, unit: string, value: number): void => bench.add(section, measure, unit, sizeName(members), value);
  const service = await bench.start(await bench.folder());
  bench.progress(`ldes: loading ${members} entities`);
  await bench.load(service, members * quadsPerMember);
  const begun = performance.now();
  await shown(service, members);
  const seconds = (performance.now() - begun) / 1000;
  // The merged stream is made in the same time: two versions of every entity.
  add('versions on pages, counted from the answer to the load', 'per s', Math.round((2 * members) / seconds));
  const pages = await leaves(service);
  add('pages', '', pages.length);
  for (const round of ['first time', 'again']) add(`pages alone, N-Quads, ${connections} connections, ${round}`, 'members/s', await fetched(service, pages, members));
  const statePath = join(await bench.folder(), 'state');
  for (const [name, order] of [['', 'n-quads'], ['/activiteiten', 'trig']] as const) {
    bench.progress(`ldes: reading ${name === '' ? 'versions' : 'activities'}`);
    const { count, milliseconds, requests } = await replicate(service.url + stream + name, name === '' ? statePath : undefined);
    add(`ldes-client, ${order}, ${name === '' ? 'version objects' : 'activities'}`, 'members/s', Math.round((count / milliseconds) * 1000));
    add(`requests for that (${name === '' ? 'versions' : 'activities'})`, '', requests);
  }
  await latencies(service, pages, add);
  const before = (await service.ask(stream, { method: 'HEAD' })).headers.etag;
  await service.write('/sparql/update', { method: 'POST', headers: { 'content-type': 'application/sparql-update' }, body: smallUpdate(1, 1) });
  const changed = performance.now();
  while ((await service.ask(stream, { method: 'HEAD' })).headers.etag === before && performance.now() - changed < 2000) await sleep(2);
  add('one commit until it is in its stream, at most', 'ms', performance.now() - changed);
  const resumed = await replicate(service.url + stream, statePath);
  add(`requests of a client that resumes for ${resumed.count} new`, '', resumed.requests);
  add('resident memory of the service', 'MB', Math.round((await service.usage()).rss / 1024 ** 2));
  await service.stop();
}

/** Waits until the newest page of the stream holds everything. */
async function shown(service: BenchService, members: number): Promise<void> {
  for (;;) {
    const { status, body } = await service.ask(`${stream}/p/${Math.ceil(members / 250)}`, { headers: { accept: 'application/n-quads' } });
    if (status === 200 && body.includes('tree#member>')) return;
    await sleep(50);
  }
}

async function leaves(service: BenchService): Promise<readonly string[]> {
  const { body } = await service.ask(stream, { headers: { accept: 'application/n-quads' } });
  return [...new Set([...body.matchAll(/tree#node> <([^>]+)>/g)].map(([, url = '']) => new URL(url).pathname))];
}

/** What the service itself can send: every page once, as text that nobody reads. */
async function fetched(service: BenchService, pages: readonly string[], members: number): Promise<number> {
  const waiting = [...pages];
  const begun = performance.now();
  const worker = async (): Promise<void> => {
    for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) await service.ask(page, { headers: { accept: 'application/n-quads', 'accept-encoding': 'gzip' } });
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return Math.round((members / (performance.now() - begun)) * 1000);
}

async function replicate(url: string, statePath?: string): Promise<{ readonly count: number; readonly milliseconds: number; readonly requests: number }> {
  let requests = 0;
  const counted: typeof fetch = (...args) => {
    requests += 1;
    return fetch(...args);
  };
  const begun = performance.now();
  const client = replicateLDES({ url, polling: false, noShape: true, fetch: enhanced_fetch({ concurrent: 10 }, counted), ...(statePath === undefined ? {} : { statePath }) }, 'none');
  const reader = client.stream({ highWaterMark: 100 }).getReader();
  let count = 0;
  while (!(await reader.read()).done) count += 1;
  return { count, milliseconds: performance.now() - begun, requests };
}

async function latencies(service: BenchService, pages: readonly string[], add: (measure: string, unit: string, value: number) => void): Promise<void> {
  const fresh: number[] = [];
  const again: number[] = [];
  const unchanged: number[] = [];
  const headers = { accept: 'application/trig', 'accept-encoding': 'gzip' };
  for (const page of pages.slice(0, repeats)) {
    const first = await service.ask(`${page}`, { headers });
    fresh.push(first.milliseconds);
    again.push((await service.ask(page, { headers })).milliseconds);
    unchanged.push((await service.ask(page, { headers: { ...headers, 'if-none-match': String(first.headers.etag) } })).milliseconds);
  }
  add('page made anew, p95', 'ms', percentile(fresh, 0.95));
  add('page from memory, p95', 'ms', percentile(again, 0.95));
  add('304, p50', 'ms', percentile(unchanged, 0.5));
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}
