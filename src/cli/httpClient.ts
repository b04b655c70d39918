import { Readable } from 'node:stream';
import type { Quad } from '@rdfjs/types';
import { datasetName } from '../datasets/meantDataset.js';
import { Fault } from '../faults.js';
import { settingsFrom } from '../graph/catalogue.js';
import { isAbsoluteIri } from '../rdf/iri.js';
import { formatByMediaType, type RdfFormat } from '../rdf/mediaTypes.js';
import { parseString } from '../rdf/parse.js';
import { dct, rg } from '../rdf/prefixes.js';
import { beyondRoot, elsewhere, faultOf, unauthorised } from './answeredFaults.js';
import type { Client, QueryForms, Upload, WriteFlags } from './client.js';
import { outcome, reported, version, versions, type DatasetDocument, type DatasetName, type OutcomeDocument, type Reported, type VersionDocument } from './documents.js';
import { Unreachable } from './exitCodes.js';
import type { Language } from './io.js';
import { reportFromQuads } from './reportFromQuads.js';

export interface HttpClientOptions {
  readonly url: string;
  readonly token?: string;
  readonly language: Language;
}

interface Sent {
  readonly method?: string;
  readonly accept: string;
  readonly type?: string;
  readonly body?: string | FormData | AsyncIterable<Uint8Array>;
  readonly headers?: Readonly<Record<string, string>>;
}

const json = 'application/json';
const nquads = 'application/n-quads';

/** A graph behind a running service. */
export class HttpClient implements Client {
  readonly #base: string;
  readonly #options: HttpClientOptions;

  constructor(options: HttpClientOptions) {
    this.#base = options.url.endsWith('/') ? options.url : `${options.url}/`;
    this.#options = options;
  }

  async query(text: string, { results, graph, withProposals, at }: QueryForms): Promise<{ mediaType: string; body: string }> {
    const path = `sparql${queryText({ ...(withProposals === true ? { bronstatus: 'alle' } : {}), ...(at === undefined ? {} : { at }) })}`;
    const response = await this.#send(path, { method: 'POST', accept: `${results}, ${graph};q=0.9`, type: 'application/sparql-query', body: text });
    return { mediaType: (response.headers.get('content-type') ?? '').split(';')[0] ?? '', body: await response.text() };
  }

  update(text: string, flags: WriteFlags): Promise<OutcomeDocument> {
    return this.#write(`sparql/update${parameters(flags)}`, { method: 'POST', type: 'application/sparql-update', body: text }, flags);
  }

  load(file: Upload, dataset: string, options: Parameters<Client['load']>[2]): Promise<OutcomeDocument> {
    const { method, type, body } = { method: options.replace ? 'PUT' : 'POST', type: file.format.mediaType, body: file.opened(options.onBytes) };
    const path = contentPath(dataset, parameters(options, { bestand: file.name }));
    return this.#write(path, { method, type, body }, options);
  }

  async validate(file: Upload, { dataset, shapes, profile }: Parameters<Client['validate']>[1]): Promise<Reported> {
    const path = `validatie?${new URLSearchParams({ bestand: file.name, ...(dataset === undefined ? {} : { dataset }), ...(profile === undefined ? {} : { profile }) })}`;
    const content: Partial<Sent> = shapes === undefined ? { type: file.format.mediaType, body: file.opened() } : { body: await parts({ data: file, shapes }) };
    const response = await this.#send(path, { method: 'POST', accept: nquads, ...content });
    return reportFromQuads(await parsed(response), this.#options.language);
  }

  get base(): string {
    return this.#base;
  }

  async datasets(): Promise<readonly DatasetDocument[]> {
    const { own, graphs } = await this.#catalogue();
    const value = (iri: string, predicate: string): string => {
      const found = own.filter((quad) => quad.subject.value === iri && quad.predicate.value === predicate).map(({ object }) => object);
      const spoken = found.find((object) => object.termType === 'Literal' && object.language === this.#options.language);
      return (spoken ?? found[0])?.value ?? '';
    };
    const settings = settingsFrom(own.map(({ subject, predicate, object }) => [subject.value, predicate.value, object.value] as const));
    const sizes = await this.#sizes();
    return settings.filter(({ iri }) => graphs.has(iri)).map(({ iri, status, mode, visibility }) => ({
      naam: datasetName(iri),
      iri,
      titel: value(iri, dct('title')),
      bronstatus: status,
      controle: mode,
      zichtbaarheid: visibility,
      quads: sizes.get(iri) ?? 0,
    }));
  }

  async datasetNames(): Promise<readonly DatasetName[]> {
    return [...(await this.#catalogue()).graphs].map((iri) => ({ iri, slug: datasetName(iri) }));
  }

  /** The descriptions of datasets; the catalogue also describes full downloads, which are no graphs. */
  async #catalogue(): Promise<{ readonly own: readonly Quad[]; readonly graphs: ReadonlySet<string> }> {
    const quads = await parsed(await this.#send('datasets', { accept: nquads }));
    const own = quads.filter(({ subject, object }) => subject.termType === 'NamedNode' && object.termType !== 'BlankNode');
    return { own, graphs: new Set(own.filter(({ predicate }) => predicate.value === rg('graafstatus')).map(({ subject }) => subject.value)) };
  }

  /** Quads of each dataset, as the caller may see them. */
  async #sizes(): Promise<ReadonlyMap<string, number>> {
    const { body } = await this.query('SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g', { results: 'text/tab-separated-values', graph: 'text/turtle' });
    return new Map([...body.matchAll(/^<([^>]*)>\t(?:"(\d+)"\S*|(\d+))\s*$/gmu)].map(([, iri = '', quoted, plain]) => [iri, Number(quoted ?? plain)]));
  }

  undo(number: number, flags: WriteFlags & { readonly force?: boolean }): Promise<OutcomeDocument> {
    return this.#write(`commits/${number}/ongedaan${parameters(flags, flags.force === true ? { force: 'true' } : {})}`, { method: 'POST' }, flags);
  }

  async *diff(from: string, to: string | undefined, { entity, dataset }: { readonly entity?: string; readonly dataset?: string }): AsyncIterable<string> {
    const query = queryText({ from, ...(to === undefined ? {} : { to }), ...(entity === undefined ? {} : { entity }), ...(dataset === undefined ? {} : { dataset }) });
    yield* texts(await this.#send(`diff${query}`, { accept: 'application/rdf-patch' }));
  }

  async *export(dataset: string, format: RdfFormat): AsyncIterable<string> {
    yield* texts(await this.#send(contentPath(dataset, ''), { accept: format.mediaType }));
  }

  async history(iri: string, limit: number): Promise<readonly VersionDocument[]> {
    const response = await this.#send(`commits?${new URLSearchParams({ iri, aantal: String(limit) })}`, { accept: json });
    return versions.parse(await response.json()).versies;
  }

  async commit(number: number): Promise<VersionDocument> {
    const response = await this.#send(`commits/${number}`, { accept: json });
    return version.parse(await response.json());
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  async #write(path: string, sent: Omit<Sent, 'accept'>, { ifVersion }: WriteFlags): Promise<OutcomeDocument> {
    const condition = ifVersion === undefined ? {} : { 'If-Match': `"${ifVersion}-head"` };
    try {
      const response = await this.#send(path, { ...sent, accept: json, headers: condition });
      return outcome.parse(await response.json());
    } catch (error) {
      const refused = error instanceof Fault && error.code === 'shapes-violated' ? reported.safeParse(error.data.extra) : undefined;
      if (refused?.success === true) return { uitkomst: 'geweigerd', ...refused.data };
      throw error;
    }
  }

  /** What the service says of headers and paths, in options of the command line. */
  #forTerminal(fault: Fault): Fault {
    if (fault.code === 'unauthorised') return unauthorised(fault, this.#options.token);
    const path = new URL(this.#base).pathname;
    return fault.code === 'not-found' && path !== '/' && fault.data.detail.nl.includes(` ${path}`) ? beyondRoot(fault, this.#base) : fault;
  }

  async #send(path: string, { method = 'GET', accept, type, body, headers }: Sent): Promise<Response> {
    const { token, language } = this.#options;
    const streamed = body !== undefined && typeof body !== 'string' && !(body instanceof FormData);
    let response: Response;
    try {
      response = await fetch(this.#base + path, {
        method,
        headers: {
          Accept: accept,
          'Accept-Language': language,
          ...(type === undefined ? {} : { 'Content-Type': type }),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: streamed ? Readable.toWeb(Readable.from(body)) : body }),
        ...(streamed ? { duplex: 'half' as const } : {}),
      });
    } catch (error) {
      throw new Unreachable(this.#base, error);
    }
    // Nothing we ask for is a page: a proxy, a sign-in page or another program answers there.
    if (response.ok && /^text\/html/i.test(response.headers.get('content-type') ?? '')) throw elsewhere(this.#base, response.status);
    if (!response.ok) throw this.#forTerminal(await faultOf(response, this.#base));
    return response;
  }
}

async function* texts({ body }: Response): AsyncIterable<string> {
  if (body === null) return;
  const decoder = new TextDecoder();
  for await (const chunk of body) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}

function queryText(fields: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(fields);
  return query.size === 0 ? '' : `?${query}`;
}

function contentPath(dataset: string, query: string): string {
  if (!isAbsoluteIri(dataset)) return `datasets/${encodeURIComponent(dataset)}/inhoud${query}`;
  return `graphs?graph=${encodeURIComponent(dataset)}${query.replace('?', '&')}`;
}

function parameters({ dryRun, message }: WriteFlags, more: Readonly<Record<string, string>> = {}): string {
  return queryText({ ...more, ...(dryRun === true ? { 'dry-run': 'true' } : {}), ...(message === undefined ? {} : { bericht: message }) });
}

async function parts(files: Readonly<Record<string, Upload>>): Promise<FormData> {
  const form = new FormData();
  for (const [name, file] of Object.entries(files)) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of file.opened()) chunks.push(chunk);
    form.append(name, new Blob([Buffer.concat(chunks)], { type: file.format.mediaType }), file.name);
  }
  return form;
}

async function parsed(response: Response): Promise<readonly Quad[]> {
  const format = formatByMediaType(nquads);
  if (!format) throw new Error('N-Quads is not known');
  return parseString(await response.text(), { format });
}
