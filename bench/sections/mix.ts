import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { Bench } from '../bench.js';
import type { BenchService } from '../benchService.js';
import { wireLoad } from '../children.js';
import type { ComunicaAnswer, ComunicaJob } from '../comunicaChild.js';
import { datasetSlug, turtle } from '../dataset.js';
import { median, sizeName } from '../figures.js';
import { queries, type BenchQuery } from '../queries.js';
import { Virtuoso } from '../virtuoso.js';

const connections = 16;
const graph = `http://localhost:3000/id/dataset/${datasetSlug}`;

interface Times {
  readonly cold: number;
  readonly perSecond: number;
  readonly rows: number;
}

/** Each query once more with a prefix nobody uses: the same plan, but no cache has it. */
function fresh({ text }: BenchQuery, round: number): string {
  return `PREFIX n${round}: <urn:n${round}> ${text}`;
}

function accept({ kind }: BenchQuery): string {
  return kind === 'graph' ? 'application/n-triples' : 'application/sparql-results+json';
}

function rowsOf({ kind }: BenchQuery, body: string): number {
  if (kind === 'graph') return body.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#')).length;
  const answer = JSON.parse(body) as { boolean?: boolean; results?: { bindings: unknown[] } };
  return answer.results?.bindings.length ?? Number(answer.boolean);
}

const unanswered: Times = { cold: Number.NaN, perSecond: Number.NaN, rows: 0 };

function geometricMean(ratios: readonly number[]): number {
  const values = ratios.filter((ratio) => Number.isFinite(ratio));
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** Cheap requests before anything is measured. */
const warmingUp = 200;

/** Asks as many cheap questions with texts of their own as let a fresh process compile its code and open its files. */
async function warmUp(ask: (text: string) => Promise<unknown>): Promise<void> {
  for (let round = 0; round < warmingUp; round += 1) {
    await ask(`SELECT ?s ?o { ?s <http://www.w3.org/2004/02/skos/core#altLabel> ?o FILTER(?o = "O${round}"@nl) } LIMIT ${1 + round}`);
  }
}

/**
 * The query mix, cold over one connection and the same again over sixteen, at three sizes: the service, Virtuoso,
 * Comunica. `Cold` is a text no cache has, asked of a process that runs: the service and Virtuoso first answer 200 other
 * cheap queries each, so that nobody's first query pays for a start.
 */
export async function mix(bench: Bench): Promise<void> {
  const runs = bench.options.quick ? 5 : 15;
  const duration = bench.options.quick ? 1000 : 3000;
  for (const quads of bench.options.mix) {
    // Long enough for the slowest of them: what it takes is what is asked here.
    const service = await bench.start(await bench.copy(quads), { QUERY_TIMEOUT: '120s' });
    const own = new Map<string, Times>();
    await warmUp((text) => service.ask(`/sparql?query=${encodeURIComponent(text)}`, { headers: { accept: 'application/sparql-results+json' } }));
    for (const query of queries) {
      bench.progress(`mix: ${sizeName(quads)}, ${query.name}`);
      own.set(query.name, await ofService(service, query, runs, duration));
    }
    await service.stop();
    const theirs = await ofVirtuoso(bench, quads, runs, duration);
    bench.progress(`mix: ${sizeName(quads)} by Comunica`);
    const comunica = new Map((await byComunica({ quads, runs: Math.min(runs, 5) })).map((answer) => [answer.name, answer]));
    tell(bench, quads, own, theirs, comunica);
  }
}

function tell(bench: Bench, quads: number, own: ReadonlyMap<string, Times>, virtuoso: ReadonlyMap<string, Times> | undefined, comunica: ReadonlyMap<string, ComunicaAnswer>): void {
  const cold = `Query mix, ${sizeName(quads)} quads, cold, 1 connection`;
  const warm = `Query mix, ${sizeName(quads)} quads, the same again, ${connections} connections`;
  const ratios: Record<'coldVirtuoso' | 'coldComunica' | 'warmVirtuoso', number[]> = { coldVirtuoso: [], coldComunica: [], warmVirtuoso: [] };
  for (const [name, ours] of own) {
    bench.add(cold, name, 'ms', 'regiograaf', ours.cold);
    bench.add(warm, name, 'per s', 'regiograaf', Math.round(ours.perSecond));
    const other = virtuoso?.get(name);
    if (other) {
      bench.add(cold, name, 'ms', 'virtuoso', other.cold);
      bench.add(cold, name, 'ms', 'virtuoso/own', other.cold / ours.cold);
      bench.add(cold, name, 'ms', 'same rows', other.rows === ours.rows ? 'yes' : `${ours.rows}/${other.rows}`);
      bench.add(warm, name, 'per s', 'virtuoso', Math.round(other.perSecond));
      bench.add(warm, name, 'per s', 'own/virtuoso', ours.perSecond / other.perSecond);
      ratios.coldVirtuoso.push(other.cold / ours.cold);
      ratios.warmVirtuoso.push(ours.perSecond / other.perSecond);
    }
    const process = comunica.get(name);
    if (!process) continue;
    bench.add(cold, name, 'ms', 'comunica', process.milliseconds);
    bench.add(cold, name, 'ms', 'comunica/own', process.milliseconds / ours.cold);
    ratios.coldComunica.push(process.milliseconds / ours.cold);
  }
  if (ratios.coldVirtuoso.length > 0) {
    bench.add(cold, 'geometric mean', 'ratio', 'virtuoso/own', geometricMean(ratios.coldVirtuoso));
    bench.add(warm, 'geometric mean', 'ratio', 'own/virtuoso', geometricMean(ratios.warmVirtuoso));
  }
  bench.add(cold, 'geometric mean', 'ratio', 'comunica/own', geometricMean(ratios.coldComunica));
}

async function ofService(service: BenchService, query: BenchQuery, runs: number, duration: number): Promise<Times> {
  const times: number[] = [];
  let body = '';
  for (let round = 0; round <= runs; round += 1) {
    const reply = await service.ask(`/sparql?query=${encodeURIComponent(fresh(query, round))}`, { headers: { accept: accept(query) } });
    // Too slow for the limit: no figure, and the others go on.
    if (reply.status !== 200) return unanswered;
    if (round > 0) times.push(reply.milliseconds);
    body = reply.body;
    if (times.reduce((sum, time) => sum + time, 0) > 20_000) break;
  }
  const target = `/sparql?query=${encodeURIComponent(query.text)}`;
  await service.ask(target, { headers: { accept: accept(query) } });
  const load = await wireLoad({ url: service.url, targets: [target], headers: { accept: accept(query) }, connections, duration, expected: 200 });
  return { cold: median(times), perSecond: load.perSecond, rows: rowsOf(query, body) };
}

async function ofVirtuoso(bench: Bench, quads: number, runs: number, duration: number): Promise<ReadonlyMap<string, Times> | undefined> {
  const folder = await bench.folder();
  const virtuoso = await Virtuoso.start(folder);
  if (!virtuoso) {
    bench.progress('mix: Virtuoso is not installed (Debian package virtuoso-opensource): left out');
    return undefined;
  }
  try {
    bench.progress(`mix: loading ${sizeName(quads)} into Virtuoso`);
    await virtuoso.load(turtle(quads), graph, folder);
    const all = new Map<string, Times>();
    await warmUp((text) => virtuoso.ask(virtuoso.target(text, graph, 'application/sparql-results+json')));
    for (const query of queries) {
      bench.progress(`mix: ${sizeName(quads)}, ${query.name} by Virtuoso`);
      const format = query.kind === 'graph' ? 'text/plain' : 'application/sparql-results+json';
      const times: number[] = [];
      let body = '';
      for (let round = 0; round <= runs; round += 1) {
        const reply = await virtuoso.ask(virtuoso.target(fresh(query, round), graph, format));
        if (reply.status !== 200) break;
        if (round > 0) times.push(reply.milliseconds);
        body = reply.body;
        if (times.reduce((sum, time) => sum + time, 0) > 20_000) break;
      }
      if (times.length === 0) {
        all.set(query.name, unanswered);
        continue;
      }
      const load = await wireLoad({ url: virtuoso.url, targets: [virtuoso.target(query.text, graph, format)], headers: {}, connections, duration, expected: 200 });
      all.set(query.name, { cold: median(times), perSecond: load.perSecond, rows: rowsOf(query, body) });
    }
    return all;
  } finally {
    await virtuoso.stop();
  }
}

async function byComunica(job: ComunicaJob): Promise<readonly ComunicaAnswer[]> {
  const child = fork(new URL('../comunicaChild.js', import.meta.url), { execArgv: ['--max-old-space-size=8192'] });
  const answered = once(child, 'message');
  child.send(job);
  const [answers] = (await answered) as [readonly ComunicaAnswer[]];
  child.kill();
  return answers;
}
