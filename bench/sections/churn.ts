import type { Bench } from '../bench.js';
import type { BenchService } from '../benchService.js';
import { organisations, smallUpdate } from '../dataset.js';
import { sizeName } from '../figures.js';

const points = 10;
/** Writes under way at once: the writer does one after another, but need not wait for the next to arrive. */
const lanes = 4;

/** Memory during many small commits that replace quads: the engine leaks on each, recycling has to bound it. */
export async function churn(bench: Bench): Promise<void> {
  const { churn: commits, sizes } = bench.options;
  const [quads] = sizes;
  const section = `Memory during ${sizeName(commits)} small commits on ${sizeName(quads)} quads`;
  const service = await bench.start(await bench.copy(quads));
  const note = async (column: string, rate: number | string): Promise<void> => {
    const { rss } = await service.usage();
    bench.progress(`churn: ${column} commits, ${Math.round(rss / 1024 ** 2)} MB`);
    bench.add(section, 'resident', 'MB', column, Math.round(rss / 1024 ** 2));
    bench.add(section, 'commits', 'per s', column, rate);
    bench.add(section, 'threads replaced for their memory', 'so far', column, service.recycled);
  };
  await service.warmed();
  await note('0', '');
  const step = Math.ceil(commits / points);
  for (let start = 0; start < commits; start += step) {
    const begun = performance.now();
    const end = Math.min(commits, start + step);
    const rounds = range(start, end);
    const lane = async (): Promise<void> => {
      for (const round of rounds) await replaceSome(service, (round * 7919) % organisations(quads), round);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
    await note(sizeName(end), Math.round(((end - start) / (performance.now() - begun)) * 1000));
  }
  await service.stop();
}

async function replaceSome(service: BenchService, organisation: number, round: number): Promise<void> {
  await service.write('/sparql/update', {
    method: 'POST',
    headers: { 'content-type': 'application/sparql-update' },
    body: smallUpdate(organisation, round),
  });
}

/** Numbers that several lanes take from. */
function* range(start: number, end: number): Generator<number> {
  for (let number = start; number < end; number += 1) yield number;
}
