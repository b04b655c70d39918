import { Parser } from 'n3';

/*
 * The steps of the delta consumer that LBLOD applications run, with its habits and defects, as they were observed:
 * what it loses here, it loses there.
 */

interface Term {
  readonly type: string;
  readonly value: string;
  readonly datatype?: string;
  readonly lang?: string;
  readonly 'xml:lang'?: string;
}

type Quad = Readonly<Record<'subject' | 'predicate' | 'object' | 'graph', Term>>;

const rdfLangString = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString';
const text = (value: string): string => `"${value.replace(/[\\"\n\r]/g, (found) => ({ '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r' })[found] ?? found)}"`;

/** Blank nodes have no type it knows: it stores their label as a text. */
function serialised(term: Term): string {
  if (term.type === 'uri') {
    if (/[\s"<>{}|\\^`]/.test(term.value)) throw new Error(`the store refuses <${term.value}>`);
    return `<${term.value}>`;
  }
  if (term.type === 'literal' || term.type === 'typed-literal') {
    if (term.datatype !== undefined) {
      if (term.datatype.endsWith('#wktLiteral') && term.value.startsWith('<')) throw new Error('the store refuses a geometry with the IRI of a system');
      return `${text(term.value)}^^<${term.datatype}>`;
    }
    const language = term['xml:lang'] ?? term.lang;
    return language === undefined ? text(term.value) : `${text(term.value)}@${language}`;
  }
  return text(term.value);
}

/** `single-graph-dispatching`: it reads the value of the graph although it puts everything in a graph of its own. */
function statement({ subject, predicate, object, graph }: Quad): string {
  if (subject.type !== 'uri') throw new Error(`the store refuses a subject of type ${subject.type}`);
  void graph.value.length;
  return `${serialised(subject)} ${serialised(predicate)} ${serialised(object)} .`;
}

/** What the store of the consumer holds. */
export class ConsumerStore {
  readonly statements = new Set<string>();

  /**
   * `lib/dump-file.js`: batches, of which a last one of up to 15 statements is lost; the datatype is tested before the
   * language. A file with something in it but no statement never ends.
   */
  takeDump(content: string, batchSize = 100): void {
    if (content === '') return;
    const quads = new Parser().parse(content);
    if (quads.length === 0) throw new Error('the initial sync waits for ever');
    const over = quads.length % batchSize;
    const taken = over > 0 && over < 16 ? quads.slice(0, -over) : quads;
    for (const { subject, predicate, object } of taken) {
      if (subject.termType === 'BlankNode') throw new Error('the store refuses a blank node');
      const plain = object.termType !== 'Literal' || object.datatype.value === 'http://www.w3.org/2001/XMLSchema#string';
      const term: Term =
        object.termType === 'NamedNode' ? { type: 'uri', value: object.value } : { type: 'literal', value: object.value, ...(plain || object.termType !== 'Literal' ? {} : { datatype: object.datatype.value }) };
      if (term.datatype === rdfLangString) this.statements.add(`${text(term.value)} lost its language`);
      this.statements.add(`<${subject.value}> <${predicate.value}> ${serialised(term)} .`);
    }
  }

  /** `lib/delta-file.js`: per changeset first all deletes, then all inserts, in batches. Answers the number of statements. */
  takeFile(content: string): number {
    let count = 0;
    for (const { deletes, inserts } of JSON.parse(content) as { deletes: Quad[]; inserts: Quad[] }[]) {
      for (const line of deletes.map(statement)) this.statements.delete(line);
      for (const line of inserts.map(statement)) this.statements.add(line);
      count += deletes.length + inserts.length;
    }
    return count;
  }
}

interface Resource {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly relationships: { readonly distributions: { readonly links: { readonly related: string } }; readonly subject: { readonly data: { readonly id: string } } };
}

export interface ConsumerSettings {
  readonly baseUrl: string;
  readonly subject: string;
  readonly filesPath: string;
  readonly loginEndpoint?: string;
  readonly key?: string;
}

/** The consumer as a whole: initial sync once, then delta sync at every call. */
export class DeltaConsumer {
  readonly store = new ConsumerStore();
  readonly requests: string[] = [];
  readonly fileNames: string[] = [];
  since: string | undefined;
  readonly #settings: ConsumerSettings;
  #cookie: string | undefined;

  constructor(settings: ConsumerSettings) {
    this.#settings = settings;
  }

  async initialSync(): Promise<void> {
    const { baseUrl, subject } = this.#settings;
    const { data: datasets } = await this.#json(`${baseUrl}/datasets?filter[subject]=${subject}&filter[:has-no:next-version]=yes`);
    const dataset = datasets[0];
    if (!dataset) throw new Error('no dataset found');
    const { data: distributions } = await this.#json(`${baseUrl}/${dataset.relationships.distributions.links.related}?include=subject`);
    const file = distributions[0]?.relationships.subject.data.id ?? '';
    this.store.takeDump(await (await this.#ask(`${baseUrl}/files/${file}/download`)).text());
    this.since = dataset.attributes['release-date'];
  }

  /** One tick of the clock; answers the number of files. */
  async deltaSync(): Promise<number> {
    const { baseUrl, filesPath } = this.#settings;
    const since = new Date(this.since ?? Date.now()).toISOString();
    const { data: files } = await this.#json(`${baseUrl}${filesPath}?since=${since}`);
    // A comparator that gives a text: the order stays as it was.
    const sorted = files.map(({ id, attributes }) => ({ id, created: attributes['created'] ?? '', name: attributes['name'] ?? '' })).toSorted((file) => Number(file.created));
    for (const { id, created, name } of sorted) {
      this.store.takeFile(await (await this.#ask(`${baseUrl}/files/${id}/download`)).text());
      this.fileNames.push(name);
      this.since = new Date(created).toISOString();
    }
    return sorted.length;
  }

  async syncAll(): Promise<void> {
    while ((await this.deltaSync()) > 0);
  }

  async #json(url: string): Promise<{ readonly data: readonly Resource[] }> {
    const response = await this.#ask(url);
    if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { readonly data: readonly Resource[] };
  }

  /** It logs in at first, and again on 400 only. */
  async #ask(url: string): Promise<Response> {
    if (this.#settings.loginEndpoint !== undefined && this.#cookie === undefined) await this.#login();
    const first = await this.#fetch(url);
    if (first.status !== 400 || this.#settings.loginEndpoint === undefined) return first;
    await this.#login();
    return this.#fetch(url);
  }

  #fetch(url: string): Promise<Response> {
    this.requests.push(url);
    return fetch(url, { headers: { accept: 'application/vnd.api+json', 'accept-encoding': 'deflate,gzip', ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }) } });
  }

  async #login(): Promise<void> {
    const { loginEndpoint = '', key = '' } = this.#settings;
    const response = await fetch(loginEndpoint, { method: 'POST', headers: { key, accept: 'application/vnd.api+json' } });
    if (!response.ok) throw new Error(`login: ${response.status}`);
    this.#cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  }
}
