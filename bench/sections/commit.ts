import type { Bench } from '../bench.js';
import { datasetSlug, newOrganisation, organisations, smallUpdate } from '../dataset.js';
import { median, percentile, sizeName } from '../figures.js';
import type { BenchService } from '../benchService.js';

/** Until a change of one entity is validated, on disk and posted to every reader, at several sizes of the graph. */
export async function commit(bench: Bench): Promise<void> {
  const section = 'Latency of a validated one-entity commit, by quads in the graph';
  const [small, middle, large] = bench.options.sizes;
  for (const quads of new Set([1000, middle, large, small].toSorted((a, b) => a - b))) {
    const service = await bench.start(await bench.copy(quads));
    bench.progress(`commit: in ${quads} quads`);
    await service.warmed();
    const rest = await service.rested();
    await put(service, 0, 10);
    await update(service, quads, 0, 10);
    const column = sizeName(quads);
    bench.add(section, 'after the start, until what follows the log is there too', 's', column, rest / 1000);
    const before = await service.usage();
    const puts = await put(service, 10, bench.options.commits);
    const between = await service.usage();
    bench.add(section, 'PUT of a new entity (6 quads), p50', 'ms', column, median(puts));
    bench.add(section, 'PUT of a new entity (6 quads), p95', 'ms', column, percentile(puts, 0.95));
    const updates = await update(service, quads, 10, bench.options.commits);
    const after = await service.usage();
    bench.add(section, 'DELETE/INSERT WHERE (about 6 quads), p50', 'ms', column, median(updates));
    bench.add(section, 'DELETE/INSERT WHERE (about 6 quads), p95', 'ms', column, percentile(updates, 0.95));
    bench.add(section, 'processor time of a PUT, all threads', 'ms', column, (between.cpu - before.cpu) / puts.length);
    bench.add(section, 'processor time of an update, all threads', 'ms', column, (after.cpu - between.cpu) / updates.length);
    await service.stop();
  }
}

async function put(service: BenchService, first: number, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let index = first; index < first + count; index += 1) {
    const iri = `http://localhost:3000/id/actor/nieuw-${index}`;
    const { milliseconds } = await service.write(`/id/actor/nieuw-${index}?dataset=${datasetSlug}`, {
      method: 'PUT',
      headers: { 'content-type': 'text/turtle' },
      body: newOrganisation(iri, index),
    });
    times.push(milliseconds);
  }
  return times;
}

async function update(service: BenchService, quads: number, first: number, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = first; round < first + count; round += 1) {
    const { milliseconds } = await service.write('/sparql/update', {
      method: 'POST',
      headers: { 'content-type': 'application/sparql-update' },
      body: smallUpdate((round * 7919) % organisations(quads), round),
    });
    times.push(milliseconds);
  }
  return times;
}
