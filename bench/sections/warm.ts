import type { Bench } from '../bench.js';
import { bareExpress, wireLoad } from '../children.js';
import type { WireResult } from '../wireLoad.js';
import { median, percentile, sizeName } from '../figures.js';
import { queries } from '../queries.js';

const connections = 16;
/** Odd: the middle one counts. */
const rounds = 5;

/** Answers that are asked again: the service, and one bare Express route that sends the same bytes and headers. */
export async function warm(bench: Bench): Promise<void> {
  const [, quads] = bench.options.sizes;
  const duration = bench.options.quick ? 500 : 2000;
  const section = `The same again, ${connections} connections, ${sizeName(quads)} quads: requests per second`;
  const service = await bench.start(await bench.copy(quads));
  const lookup = queries[0]?.text ?? '';
  const rows = 'SELECT ?s ?number { ?s <http://www.w3.org/2004/02/skos/core#notation> ?number } LIMIT 500';
  const json = 'application/sparql-results+json';
  const cases: readonly { readonly name: string; readonly target: string; readonly headers: Readonly<Record<string, string>>; readonly known?: true }[] = [
    { name: 'SPARQL, few rows', target: `/sparql?query=${encodeURIComponent(lookup)}`, headers: { accept: json } },
    { name: 'SPARQL, 500 rows', target: `/sparql?query=${encodeURIComponent(rows)}`, headers: { accept: json } },
    { name: 'SPARQL, 500 rows, gzip', target: `/sparql?query=${encodeURIComponent(rows)}`, headers: { accept: json, 'accept-encoding': 'gzip' } },
    { name: 'entity document, JSON-LD', target: '/doc/actor/o42', headers: { accept: 'application/ld+json' } },
    { name: 'entity page, HTML, gzip', target: '/doc/actor/o42', headers: { accept: 'text/html', 'accept-encoding': 'gzip' } },
    { name: 'SPARQL, not modified', target: `/sparql?query=${encodeURIComponent(rows)}`, headers: { accept: json }, known: true },
    { name: 'entity document, not modified', target: '/doc/actor/o42', headers: { accept: 'application/ld+json' }, known: true },
  ];
  for (const { name, target, headers, known } of cases) {
    bench.progress(`warm: ${name}`);
    const reply = await fetch(service.url + target, { headers: { 'accept-encoding': 'identity', ...headers } });
    const shown = Object.fromEntries([...reply.headers].filter(([header]) => !['date', 'connection', 'keep-alive', 'transfer-encoding'].includes(header)));
    const body = Buffer.from(await reply.arrayBuffer());
    const asked = known ? { ...headers, 'if-none-match': reply.headers.get('etag') ?? '' } : headers;
    const expected = known ? 304 : 200;
    const job = { targets: [target], headers: asked, connections, duration, expected };
    await wireLoad({ ...job, url: service.url, duration: 500 });
    // fetch has undone the coding: the lengths must be those that went over the wire.
    const sent = known ? Buffer.alloc(0) : Buffer.alloc(Number(shown['content-length'] ?? body.length), body);
    const bare = await bareExpress({ headers: { ...shown, 'content-length': String(sent.length) }, body: sent.toString('base64') });
    await wireLoad({ ...job, url: bare.url, targets: ['/bare'], expected: 200, duration: 500 });
    const [own, best]: [WireResult[], WireResult[]] = [[], []];
    // In turns, so that what else the machine does falls on both.
    for (let round = 0; round < rounds; round += 1) {
      own.push(await wireLoad({ ...job, url: service.url }));
      best.push(await wireLoad({ ...job, url: bare.url, targets: ['/bare'], expected: 200 }));
    }
    bare.stop();
    const wrong = own.find((result) => result.wrong > 0);
    if (wrong) bench.progress(`warm: ${wrong.example}`);
    const [ours, theirs] = [own, best].map((results) => median(results.map(({ perSecond }) => perSecond)));
    const latencies = own.flatMap((result) => result.latencies);
    bench.add(section, name, 'per s', 'regiograaf', Math.round(ours ?? 0));
    bench.add(section, name, 'per s', 'p50 ms', median(latencies));
    bench.add(section, name, 'per s', 'p99 ms', percentile(latencies, 0.99));
    bench.add(section, name, 'per s', known ? 'bare, no body' : 'bare express', Math.round(theirs ?? 0));
    bench.add(section, name, 'per s', 'bare/own', (theirs ?? 0) / (ours ?? 1));
  }
  await service.stop();
}
