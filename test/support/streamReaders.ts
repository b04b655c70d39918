import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { enhanced_fetch, replicateLDES } from 'ldes-client';
import { formatByMediaType } from '../../src/rdf/mediaTypes.js';
import { joinLine, splitLine, toLine } from '../../src/rdf/nquads.js';
import { parseRdf } from '../../src/rdf/parse.js';

const dct = 'http://purl.org/dc/terms/';
const prov = 'http://www.w3.org/ns/prov#';
const as = 'https://www.w3.org/ns/activitystreams#';
const own = 'https://w3id.org/regiograaf/ns#';
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const about = new Set([`${dct}isVersionOf`, `${prov}generatedAtTime`, `${own}volgnummerInStroom`, `${own}transactie`, `${own}transactieKlaar`].map((iri) => `<${iri}>`));

/** A member as a reader got it: N-Quads lines. */
export interface ReadMember {
  readonly id: string;
  readonly lines: readonly string[];
}

/** Parses a document as a client would, to N-Quads lines. */
export async function linesOf(text: string, mediaType: string): Promise<string[]> {
  const format = formatByMediaType(mediaType);
  if (!format) throw new Error(`no format ${mediaType}`);
  const lines: string[] = [];
  for await (const batch of parseRdf([Buffer.from(text)], { format })) lines.push(...batch.map(({ quad: one }) => toLine(one)));
  return lines;
}

/** The real ldes-client; answers when it is done. */
export async function replicated(url: string, options: { readonly order?: 'none' | 'ascending' | 'descending'; readonly statePath?: string; readonly noShape?: boolean } = {}): Promise<ReadMember[]> {
  const { order = 'none', statePath, noShape = true } = options;
  const client = replicateLDES(
    { url, polling: false, noShape, fetch: enhanced_fetch({ concurrent: 10, retry: { maxRetries: 8, base: 100 } }), ...(statePath === undefined ? {} : { statePath }) },
    order,
  );
  let failure: unknown;
  client.on('error', (error: unknown) => (failure = error));
  const members: ReadMember[] = [];
  const reader = client.stream({ highWaterMark: 10 }).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const quads = value.quads as readonly { subject: { value: string }; predicate: { value: string } }[];
    // Its terms are of another library: through text they are ours.
    members.push({ id: value.id.value, lines: quads.map((one) => foreignLine(one)) });
  }
  if (failure !== undefined) throw failure;
  return members;
}

interface ForeignTerm {
  readonly termType: string;
  readonly value: string;
  readonly language?: string;
  readonly datatype?: { readonly value: string };
}

function foreignText({ termType, value, language, datatype }: ForeignTerm): string {
  if (termType === 'NamedNode') return `<${value}>`;
  if (termType === 'BlankNode') return `_:${value}`;
  const quoted = JSON.stringify(value);
  if (language) return `${quoted}@${language}`;
  return datatype && !datatype.value.endsWith('#string') ? `${quoted}^^<${datatype.value}>` : quoted;
}

function foreignLine(one: object): string {
  const { subject, predicate, object, graph } = one as Record<'subject' | 'predicate' | 'object' | 'graph', ForeignTerm>;
  return joinLine(foreignText(subject), foreignText(predicate), foreignText(object), graph.termType === 'DefaultGraph' ? '' : foreignText(graph));
}

interface Version {
  readonly node: string;
  readonly time: string;
  readonly order: number;
  readonly lines: readonly string[];
}

/** The graph a consumer has who keeps the newest version of each node. */
export function stateOf(members: readonly ReadMember[]): string[] {
  const newest = new Map<string, Version>();
  for (const member of members) {
    const version = versionOf(member);
    const known = newest.get(version.node);
    if (!known || version.time > known.time || (version.time === known.time && version.order > known.order)) newest.set(version.node, version);
  }
  return [...new Set([...newest.values()].flatMap(({ lines }) => lines))].toSorted();
}

function text(literal: string): string {
  return literal.slice(1, literal.lastIndexOf('"'));
}

function versionOf({ id, lines }: ReadMember): Version {
  const parts = lines.map(splitLine);
  const one = (predicate: string): string => parts.find((part) => part.graph === '' && part.subject === `<${id}>` && part.predicate === `<${predicate}>`)?.object ?? '';
  const order = Number(text(one(`${own}volgnummerInStroom`)));
  const activity = one(`${as}object`);
  if (activity !== '') {
    return { node: activity, time: text(one(`${as}published`)), order, lines: parts.flatMap(({ subject, predicate, object, graph }) => (graph === '' ? [] : [joinLine(subject, predicate, object)])) };
  }
  const node = one(`${dct}isVersionOf`);
  const content = parts.filter(({ predicate, object }) => !about.has(predicate) && !(predicate === `<${rdfType}>` && object === `<${as}Tombstone>`));
  return { node, time: text(one(`${prov}generatedAtTime`)), order, lines: content.map(({ subject, predicate, object }) => joinLine(subject === `<${id}>` ? node : subject, predicate, object)) };
}

const tree = 'https://w3id.org/tree#';

/**
 * The reading rules of lblod/ldes-client: Turtle only, from one page to the next by GreaterThanOrEqualTo relations with
 * absolute addresses, of a member only its own triples.
 */
export async function readAsLblod(first: string): Promise<ReadMember[]> {
  const members: ReadMember[] = [];
  for (let url: string | undefined = first; url !== undefined; ) {
    const response: Response = await fetch(url, { headers: { accept: 'text/turtle' } });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    const body = await response.text();
    // In a text they may stand.
    if (/(?:^|> )<[./#]/m.test(body)) throw new Error('a relative address: it would be taken for one of the store');
    const parts = (await linesOf(body, 'text/turtle')).map(splitLine);
    const objects = (subject: string, predicate: string): string[] => parts.filter((part) => part.subject === subject && part.predicate === `<${predicate}>`).map(({ object }) => object);
    const streams = parts.filter(({ predicate, object }) => predicate === `<${rdfType}>` && object === '<http://w3id.org/ldes#EventStream>').map(({ subject }) => subject);
    for (const stream of new Set(streams)) {
      for (const member of objects(stream, `${tree}member`)) {
        members.push({ id: member.slice(1, -1), lines: parts.filter(({ subject }) => subject === member).map(({ subject, predicate, object }) => joinLine(subject, predicate, object)) });
      }
    }
    const relation = parts.find(({ predicate, object }) => predicate === `<${rdfType}>` && object === `<${tree}GreaterThanOrEqualToRelation>`)?.subject;
    url = relation === undefined ? undefined : objects(relation, `${tree}node`)[0]?.slice(1, -1);
  }
  return members;
}

/** The reading rules of LDIO: the default graph, everything reachable from a member within its page, max-age behind ", ". */
export async function readAsLdio(root: string): Promise<ReadMember[]> {
  const members = new Map<string, ReadMember>();
  const queue = [root];
  const seen = new Set<string>();
  for (const url of queue) {
    if (seen.has(url)) continue;
    seen.add(url);
    const response = await fetch(url, { headers: { accept: 'text/turtle', 'accept-encoding': 'gzip' } });
    if (response.status !== 200) throw new Error(`${url}: ${response.status}`);
    for (const directive of (response.headers.get('cache-control') ?? '').split(', ')) {
      if (directive.startsWith('max-age=') && !/^\d+$/.test(directive.slice(8))) throw new Error(`java.lang.NumberFormatException: ${directive}`);
    }
    const parts = (await linesOf(await response.text(), 'text/turtle')).map(splitLine);
    const bySubject = new Map<string, string[]>();
    for (const { subject, predicate, object } of parts) bySubject.set(subject, [...(bySubject.get(subject) ?? []), joinLine(subject, predicate, object)]);
    for (const { subject, predicate, object } of parts) {
      if (predicate === `<${tree}node>`) queue.push(object.slice(1, -1));
      if (predicate !== `<${tree}member>`) continue;
      const reached = new Set([object]);
      // Grows while it is walked.
      for (const node of reached) for (const line of bySubject.get(node) ?? []) reached.add(splitLine(line).object);
      members.set(object, { id: object.slice(1, -1), lines: [...reached].flatMap((node) => bySubject.get(node) ?? []) });
      if (subject.startsWith('_:')) throw new Error('a stream without an address');
    }
  }
  return [...members.values()];
}

/** Stands between a client and the service, and may hinder it. */
export class Proxy {
  /** Where requests go now. */
  target: string;
  readonly requests: string[] = [];
  /** Called before a request is passed on; answers true when it answered itself. */
  before: (path: string, res: ServerResponse) => boolean | Promise<boolean> = () => false;
  readonly #server: Server;
  url = '';

  private constructor(target: string) {
    this.target = target;
    this.#server = createServer((req, res) => void this.#pass(req, res));
  }

  static async start(target: string): Promise<Proxy> {
    const proxy = new Proxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    proxy.url = `http://127.0.0.1:${(proxy.#server.address() as AddressInfo).port}`;
    return proxy;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #pass(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = req.url ?? '/';
    this.requests.push(path);
    if (await this.before(path, res)) return;
    const onward = request(this.target + path, { method: req.method, headers: req.headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    onward.on('error', () => res.writeHead(503, { 'retry-after': '1' }).end());
    onward.end();
  }
}
