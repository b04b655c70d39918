import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Attack } from '../attack.js';
import type { Bench } from '../bench.js';
import type { BenchService } from '../benchService.js';
import { organisations, organisationIri } from '../dataset.js';
import { percentile, sizeName } from '../figures.js';

const connections = 50;
/** Milliseconds between two pages that a reader asks for. */
const pace = 50;

/**
 * The worst queries from fifty connections, while somebody reads entity pages: through the lane that is kept for short
 * reads, and for comparison the same facts as a query, which waits among the others.
 */
export async function attack(bench: Bench): Promise<void> {
  const [, quads] = bench.options.sizes;
  const section = `Under attack from ${connections} connections, ${sizeName(quads)} quads`;
  const duration = bench.options.quick ? 15_000 : 60_000;
  const service = await bench.start(await bench.copy(quads));
  const total = organisations(quads);
  const page = (index: number): string => `/doc/actor/o${(index * 7919) % total}`;
  const query = (index: number): string => `/sparql?query=${encodeURIComponent(`SELECT ?p ?o { <${organisationIri((index * 7919) % total)}> ?p ?o }`)}`;
  const readers = [
    { column: 'page, no attack', target: page, attacked: false },
    { column: 'query, no attack', target: query, attacked: false },
    { column: 'page, attacked', target: page, attacked: true },
    { column: 'query, attacked', target: query, attacked: true },
  ];
  for (const { column, target, attacked } of readers) {
    bench.progress(`attack: ${column}`);
    const child = attacked ? begin({ url: service.url, connections, patience: 5000 }) : undefined;
    if (child) await sleep(2000);
    await service.delay();
    const { latencies, wrong, example } = await read(service, target, attacked ? duration : 5000);
    const { p99, max } = await service.delay();
    bench.add(section, 'answered', 'requests', column, latencies.length);
    bench.add(section, 'other answers', 'requests', column, wrong);
    for (const share of [0.5, 0.99]) bench.add(section, `p${share * 100}`, 'ms', column, percentile(latencies, share));
    bench.add(section, 'slowest', 'ms', column, Math.max(...latencies));
    bench.add(section, 'main thread held up, p99', 'ms', column, p99);
    bench.add(section, 'main thread held up, longest', 'ms', column, max);
    if (example !== undefined) bench.progress(`attack: ${example}`);
    if (!child) continue;
    const told = once(child, 'message');
    child.send('stop');
    const [tally] = (await told) as [readonly (readonly [string, number])[]];
    bench.progress(`attack: received with ${tally.map(([outcome, count]) => `${outcome}: ${count}`).join(', ')}`);
    const { rss } = await service.usage();
    bench.add(section, 'resident memory after', 'MB', column, Math.round(rss / 1024 ** 2));
  }
  await service.stop();
}

function begin(job: Attack): ReturnType<typeof fork> {
  const child = fork(new URL('../attackChild.js', import.meta.url), { execArgv: [] });
  child.send(job);
  return child;
}

/** Reads at a steady pace, whatever the answers take. */
async function read(service: BenchService, target: (index: number) => string, duration: number): Promise<{ latencies: readonly number[]; wrong: number; example?: string }> {
  const latencies: number[] = [];
  let wrong = 0;
  let example: string | undefined;
  const asked: Promise<void>[] = [];
  const begun = performance.now();
  for (let index = 0; performance.now() - begun < duration; index += 1, await sleep(pace)) {
    asked.push(
      service.ask(target(index), { headers: { accept: 'application/ld+json, application/sparql-results+json' } }).then(
        ({ status, milliseconds, body }) => {
          latencies.push(milliseconds);
          if (status === 200) return;
          wrong += 1;
          example ??= `${status} ${body.slice(0, 300)}`;
        },
        (error: unknown) => {
          wrong += 1;
          example ??= String(error);
        },
      ),
    );
  }
  await Promise.all(asked);
  return { latencies, wrong, ...(example === undefined ? {} : { example }) };
}
