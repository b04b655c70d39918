import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Bench } from '../bench.js';
import { organisations } from '../dataset.js';
import { median, percentile, sizeName } from '../figures.js';
import type { LoadJob, LoadResult } from '../loadGenerator.js';

const connections = 16;

/** Entity documents over kept connections: every one another entity, always the same, and with the tag known. */
export async function http(bench: Bench): Promise<void> {
  const quads = bench.options.sizes[1];
  const section = `Entity documents over HTTP, ${connections} connections, ${sizeName(quads)} quads`;
  const service = await bench.start(await bench.copy(quads));
  const paths = Array.from({ length: organisations(quads) }, (_, index) => `/doc/actor/o${index}`);
  const [hot = '/'] = paths;
  const ask = async (column: string, job: Omit<LoadJob, 'url' | 'connections'>): Promise<void> => {
    bench.progress(`http: ${column}`);
    const result = await generated({ ...job, url: service.url, connections });
    bench.add(section, 'requests', 'per s', column, Math.round((job.requests / result.milliseconds) * 1000));
    bench.add(section, 'p50', 'ms', column, median(result.latencies));
    bench.add(section, 'p99', 'ms', column, percentile(result.latencies, 0.99));
    if (result.wrong === 0) return;
    bench.add(section, 'other answers', 'requests', column, result.wrong);
    bench.progress(`http: ${result.example}`);
  };
  const accept = 'application/ld+json';
  const requests = Math.min(paths.length, bench.options.quick ? 400 : 4000);
  await generated({ url: service.url, connections, paths: paths.slice(-50), headers: { accept }, requests: 200, expected: 200 });
  await ask('JSON-LD, cold', { paths, headers: { accept }, requests, expected: 200 });
  await ask('JSON-LD, same', { paths: [hot], headers: { accept }, requests, expected: 200 });
  const { headers } = await service.ask(hot, { headers: { accept } });
  await ask('not modified', { paths: [hot], headers: { accept, 'if-none-match': String(headers.etag) }, requests, expected: 304 });
  await ask('Turtle, cold', { paths: paths.toReversed(), headers: { accept: 'text/turtle' }, requests, expected: 200 });
  await ask('HTML, cold', { paths: paths.toReversed(), headers: { accept: 'text/html' }, requests: Math.ceil(requests / 4), expected: 200 });
  await service.stop();
}

async function generated(job: LoadJob): Promise<LoadResult> {
  const child = fork(new URL('../loadGenerator.js', import.meta.url), { execArgv: [] });
  const answered = once(child, 'message');
  child.send(job);
  const [result] = (await answered) as [LoadResult];
  child.kill();
  return result;
}
