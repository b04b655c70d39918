import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench } from '../bench.js';
import type { BenchService } from '../benchService.js';
import { datasetSlug } from '../dataset.js';
import { median, percentile, sizeName } from '../figures.js';

const header = { accept: 'application/vnd.api+json' };
/** Changes in one commit: what a program that keeps up a register sends at a time. */
const perCommit = 10;

interface Listing {
  readonly data: readonly { readonly id: string; readonly attributes: { readonly created: string; readonly inserts: number; readonly deletes: number } }[];
  readonly meta: { readonly commit: number; readonly next: string };
}

/** From commits to listed files, and from listed files to a consumer that has them all. */
export async function delta(bench: Bench): Promise<void> {
  const changes = bench.options.quick ? 1000 : 10_000;
  const [small] = bench.options.sizes;
  const section = `Delta sync of ${sizeName(changes)} changes on ${sizeName(small)} quads`;
  const service = await bench.start(await bench.copy(small));
  const first = await caughtUp(service, 0);
  bench.progress('delta: commits');
  const delays: number[] = [];
  const begun = performance.now();
  for (let round = 0; round < changes / perCommit; round += 1) {
    const triples = Array.from({ length: perCommit }, (_, index) => `<http://ex.org/delta/${round}-${index}> <http://ex.org/p> ${round} .`).join(' ');
    await service.write('/sparql/update', {
      method: 'POST',
      headers: { 'content-type': 'application/sparql-update' },
      body: `INSERT DATA { GRAPH <http://localhost:3000/id/dataset/${datasetSlug}> { ${triples} } }`,
    });
    if (round % 20 > 0) continue;
    const committed = performance.now();
    await caughtUp(service, await head(service));
    delays.push(performance.now() - committed);
  }
  await caughtUp(service, await head(service));
  bench.add(section, 'changes committed and listed', 'per s', 'alle', Math.round((changes / (performance.now() - begun)) * 1000));
  bench.add(section, 'from commit to listed, p50', 'ms', 'alle', median(delays));
  bench.add(section, 'from commit to listed, p95', 'ms', 'alle', percentile(delays, 0.95));
  bench.progress('delta: consumer');
  const { statements, files, milliseconds } = await consume(service, first.meta.next);
  bench.add(section, 'files', '', 'alle', files);
  bench.add(section, 'statements fetched by one consumer', 'per s', 'alle', Math.round((statements / milliseconds) * 1000));
  const { rss } = await service.usage();
  bench.add(section, 'resident', 'MB', 'alle', Math.round(rss / 1024 ** 2));
  await service.stop();
}

async function listing(service: BenchService, query = ''): Promise<Listing | undefined> {
  const { status, body } = await service.ask(`/sync/alle/files${query}`, { headers: header });
  return status === 200 ? (JSON.parse(body) as Listing) : undefined;
}

async function head(service: BenchService): Promise<number> {
  const { body } = await service.ask('/status', { headers: { accept: 'application/json' } });
  return (JSON.parse(body) as { commit: number }).commit;
}

async function caughtUp(service: BenchService, commit: number): Promise<Listing> {
  for (;;) {
    const list = await listing(service, '?since=2999-01-01T00:00:00.000Z');
    if (list && list.meta.commit >= commit) return (await listing(service)) ?? list;
    await sleep(5);
  }
}

async function consume(service: BenchService, from: string): Promise<{ readonly statements: number; readonly files: number; readonly milliseconds: number }> {
  const begun = performance.now();
  let [statements, files, since] = [0, 0, from];
  for (;;) {
    const list = await listing(service, `?since=${since}`);
    if (!list || list.data.length === 0) return { statements, files, milliseconds: performance.now() - begun };
    for (const { id, attributes } of list.data) {
      await service.ask(`/files/${id}/download`, { headers: header });
      statements += attributes.inserts + attributes.deletes;
      files += 1;
    }
    since = list.meta.next;
  }
}
