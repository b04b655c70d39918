import { QueryEngine } from '@comunica/query-sparql';
import { Parser, Store } from 'n3';
import { turtle } from './dataset.js';
import { median } from './figures.js';
import { queries, type BenchQuery } from './queries.js';

export interface ComunicaJob {
  readonly quads: number;
  readonly runs: number;
}

export interface ComunicaAnswer {
  readonly name: string;
  readonly milliseconds: number;
  readonly rows: readonly string[];
}

/** The same questions to Comunica over an N3 store with the same data, in one process, without HTTP. */
async function run({ quads, runs }: ComunicaJob): Promise<readonly ComunicaAnswer[]> {
  const store = new Store(new Parser().parse([...turtle(quads)].join('')));
  const engine = new QueryEngine();
  const answers: ComunicaAnswer[] = [];
  for (const query of queries) {
    const times: number[] = [];
    let rows: readonly string[] = [];
    for (let round = 0; round <= runs; round += 1) {
      const started = performance.now();
      rows = await ask(engine, store, query);
      if (round > 0) times.push(performance.now() - started);
      // A query of seconds need not be asked as often to know that it takes seconds.
      if (times.length > 1 && times.reduce((sum, time) => sum + time, 0) > 10_000) break;
    }
    answers.push({ name: query.name, milliseconds: median(times), rows });
  }
  return answers;
}

async function ask(engine: QueryEngine, store: Store, { kind, text }: BenchQuery): Promise<readonly string[]> {
  const context = { sources: [store] as [Store] };
  if (kind === 'boolean') return [String(await engine.queryBoolean(text, context))];
  if (kind === 'graph') {
    const found = await (await engine.queryQuads(text, context)).toArray();
    return [...new Set(found.map(({ subject, predicate, object }) => [subject, predicate, object].map(({ value }) => value).join(' ')))];
  }
  const bindings = await (await engine.queryBindings(text, context)).toArray();
  return bindings.map((row) => [...row].map(([variable, term]) => `${variable.value}=${term.value}`).toSorted().join(' '));
}

process.on('message', (job: ComunicaJob) => {
  void run(job).then((answers) => process.send?.(answers));
});
