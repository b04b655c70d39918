import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Bench } from '../bench.js';
import type { BenchService } from '../benchService.js';
import type { ComunicaAnswer, ComunicaJob } from '../comunicaChild.js';
import { median, sizeName } from '../figures.js';
import { queries, type BenchQuery } from '../queries.js';

/** Ten kinds of query over HTTP, and the same by Comunica in its own process. */
export async function sparql(bench: Bench): Promise<void> {
  const [, quads] = bench.options.sizes;
  const section = `SPARQL, ${sizeName(quads)} quads: the service over HTTP, Comunica over N3 in its own process`;
  const runs = bench.options.quick ? 5 : 15;
  const service = await bench.start(await bench.copy(quads));
  const own = new Map<string, { readonly milliseconds: number; readonly rows: readonly string[] }>();
  for (const query of queries) {
    bench.progress(`sparql: ${query.name}`);
    own.set(query.name, await measured(service, query, runs));
  }
  await service.stop();
  bench.progress('sparql: the same by Comunica');
  for (const { name, milliseconds, rows } of await byComunica({ quads, runs })) {
    const ours = own.get(name);
    if (!ours) continue;
    bench.add(section, name, 'ms', 'regiograaf', ours.milliseconds);
    bench.add(section, name, 'ms', 'comunica', milliseconds);
    bench.add(section, name, 'ms', 'ratio', `${(milliseconds / ours.milliseconds).toFixed(1)}x`);
    bench.add(section, name, 'ms', 'rows', ours.rows.length);
    bench.add(section, name, 'ms', 'same answer', sameRows(ours.rows, rows) ? 'yes' : `no (${rows.length})`);
  }
}

async function measured(service: BenchService, query: BenchQuery, runs: number): Promise<{ milliseconds: number; rows: readonly string[] }> {
  const times: number[] = [];
  let body = '';
  for (let round = 0; round <= runs; round += 1) {
    // A prefix nobody uses makes each request another text: no cache may answer it.
    const text = `PREFIX n${round}: <urn:n${round}> ${query.text}`;
    const reply = await service.ask(`/sparql?query=${encodeURIComponent(text)}`, {
      headers: { accept: query.kind === 'graph' ? 'application/n-triples' : 'application/sparql-results+json' },
    });
    if (reply.status !== 200) throw new Error(`${query.name}: ${reply.status} ${reply.body}`);
    if (round > 0) times.push(reply.milliseconds);
    body = reply.body;
  }
  return { milliseconds: median(times), rows: rowsOf(query, body) };
}

function rowsOf({ kind }: BenchQuery, body: string): readonly string[] {
  if (kind === 'graph') return [...new Set(body.split('\n').filter(Boolean).map((line) => line.replace(/ \.$/, '').replace(/[<>]/g, '')))];
  const answer: { boolean?: boolean; results?: { bindings: Record<string, { value: string }>[] } } = JSON.parse(body);
  if (kind === 'boolean') return [String(answer.boolean)];
  return (answer.results?.bindings ?? []).map((row) => Object.entries(row).map(([name, { value }]) => `${name}=${value}`).toSorted().join(' '));
}

function sameRows(a: readonly string[], b: readonly string[]): boolean {
  const sorted = b.toSorted();
  return a.length === b.length && a.toSorted().every((row, index) => row === sorted[index]);
}

async function byComunica(job: ComunicaJob): Promise<readonly ComunicaAnswer[]> {
  const child = fork(new URL('../comunicaChild.js', import.meta.url), { execArgv: [] });
  const answered = once(child, 'message');
  child.send(job);
  const [answers] = (await answered) as [readonly ComunicaAnswer[]];
  child.kill();
  return answers;
}
