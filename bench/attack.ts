import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The worst queries known: each takes all the time, memory, stack or bytes it can get. */
const worstQueries: readonly { readonly name: string; readonly text: string; readonly accept?: string }[] = [
  { name: 'cross product', text: 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }' },
  { name: 'every row of a cross product', text: 'SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }' },
  { name: 'sorted cross product', text: 'SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a' },
  { name: 'distinct cross product', text: 'SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }' },
  { name: 'graph of a cross product', text: 'CONSTRUCT { ?a ?e ?f . ?d ?b ?c } { ?a ?b ?c . ?d ?e ?f }', accept: 'text/turtle' },
  { name: 'nested paths', text: 'SELECT (COUNT(*) AS ?n) { ?a ((((!<urn:x>)|^(!<urn:x>))*)/((!<urn:x>)|^(!<urn:x>))*)* ?b . ?b (!<urn:x>|^!<urn:x>)* ?c }' },
  { name: 'one text of everything', text: 'SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?f))) AS ?all) { ?a ?b ?c . ?d ?e ?f }' },
  { name: 'regular expressions', text: 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(REGEX(CONCAT(STR(?c), STR(?f)), "^(([a-z])+.)+[A-Z]([a-z])+$")) }' },
  { name: 'doubled strings', text: `SELECT (STRLEN(?x30) AS ?n) { BIND("0123456789" AS ?x0) ${Array.from({ length: 30 }, (_, index) => `BIND(CONCAT(?x${index}, ?x${index}) AS ?x${index + 1})`).join(' ')} }` },
  { name: 'optional upon optional', text: `SELECT * { ?s ?p ?o ${Array.from({ length: 100 }, (_, index) => `OPTIONAL { ?s${index} ?p${index} ?o }`).join(' ')} }` },
  { name: 'long join', text: `SELECT * { ${Array.from({ length: 200 }, (_, index) => `?s${index} ?p${index} ?s${index + 1} .`).join(' ')} }` },
  { name: 'filters that exclude each other', text: 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER NOT EXISTS { ?g ?h ?i FILTER(?g = ?a && ?i = ?f && ?h != ?h) } }' },
];

/** Texts that are long or deep; made when asked for, because they are large. */
const worstTexts: readonly { readonly name: string; readonly text: () => string }[] = [
  { name: 'ten thousand brackets', text: () => `SELECT * ${'{'.repeat(10_000)}?s ?p ?o${'}'.repeat(10_000)}` },
  { name: 'ten thousand negations', text: () => `SELECT * { ?s ?p ?o FILTER(${'!'.repeat(10_000)}?o) }` },
  { name: 'ten thousand path steps', text: () => `SELECT * { ?s ${'<urn:p>/'.repeat(10_000)}<urn:p> ?o }` },
  { name: 'nested lists', text: () => `SELECT * { ?s ?p ${'('.repeat(90)}1${')'.repeat(90)} }` },
  { name: 'sixty thousand values', text: () => `SELECT (COUNT(*) AS ?n) { VALUES ?x { ${Array.from({ length: 60_000 }, (_, index) => `"${index}"`).join(' ')} } ?s ?p ?x }` },
  { name: 'a million fields', text: () => 'a&'.repeat(490_000) },
  { name: 'ten megabytes', text: () => `SELECT * { # ${'x'.repeat(10_000_000)}\n ?s ?p ?o }` },
];

export interface Attack {
  readonly url: string;
  readonly connections: number;
  /** Milliseconds after which a client leaves a query that is not answered. */
  readonly patience: number;
}

/** How often each status came back; `left` for queries the client left, `broken` for connections that were cut. */
export type Tally = Map<string, number>;

function post(url: string, text: string, accept: string, type: string, patience: number): Promise<string> {
  return new Promise((resolve) => {
    const request = httpRequest(`${url}/sparql`, { method: 'POST', agent: false, headers: { 'content-type': type, accept, 'content-length': Buffer.byteLength(text) } });
    const timer = setTimeout(() => {
      request.destroy();
      resolve('left');
    }, patience);
    request.once('response', (response) => {
      response.resume();
      response.once('close', () => {
        clearTimeout(timer);
        resolve(String(response.statusCode));
      });
    });
    request.once('error', () => {
      clearTimeout(timer);
      resolve('broken');
    });
    request.end(text);
  });
}

/** Asks for much and reads nothing, or never finishes its own request. */
async function stubborn(url: string, head: string, patience: number): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(head);
  await sleep(patience);
  socket.destroy();
  return 'left';
}

/** Attacks until the signal; every connection goes through all attacks, each beginning with another one. */
export async function attack({ url, connections, patience }: Attack, signal: AbortSignal): Promise<Tally> {
  const tally: Tally = new Map();
  const { host } = new URL(url);
  const many = encodeURIComponent('SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000');
  const kinds: readonly (() => Promise<string>)[] = [
    ...worstQueries.map(({ text, accept = 'application/sparql-results+json' }) => () => post(url, text, accept, 'application/sparql-query', patience)),
    ...worstQueries.slice(0, 4).map(({ text }) => () => post(url, text, '*/*', 'application/sparql-query', 150)),
    ...worstTexts.map(({ name, text }) => () => post(url, text(), '*/*', name.endsWith('fields') ? 'application/x-www-form-urlencoded' : 'application/sparql-query', patience)),
    () => stubborn(url, `GET /sparql?query=${many} HTTP/1.1\r\nhost: ${host}\r\n\r\n`, patience),
    () => stubborn(url, `POST /sparql HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/sparql-query\r\ncontent-length: 1000\r\n\r\nSELECT`, patience),
    () => stubborn(url, 'GET /sparql?query=', patience),
  ];
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      for (let turn = connection * 7; !signal.aborted; turn += 1) {
        const outcome = (await kinds[turn % kinds.length]?.()) ?? '';
        tally.set(outcome, (tally.get(outcome) ?? 0) + 1);
        // A client that is refused at once does not ask a thousand times a second: the limit of requests is another matter.
        if (outcome !== 'left') await sleep(50);
      }
    }),
  );
  return tally;
}
