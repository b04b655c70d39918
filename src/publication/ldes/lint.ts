import { splitLine } from '../../rdf/nquads.js';
import { pageSize } from '../versions/pageCutter.js';
import { terms } from './terms.js';

/** A page as it came over the line, in N-Quads. */
export interface LintedPage {
  readonly url: string;
  readonly body: string;
  readonly cacheControl: string;
  readonly vary: string;
  readonly etag: string;
}

/** What is checked; the names are stable, they are the tests of the conformance report. */
export const lintRules = {
  'headers': 'ETag, Vary with Accept, Cache-Control with a space after each comma (HTTP caching; LDIO splits on ", ")',
  'one-view': 'exactly one tree:view, which is the root (LDES, initialisation)',
  'typed': 'the stream has the type of both namespaces of LDES',
  'paths': 'one predicate for time and for the entity; at most one for each other path (LDES, context on the root)',
  'relations': 'every relation has one node, a type with one value, and the path of the time (TREE, relations)',
  'intervals': 'the intervals of pages are disjoint, half-open and in order, and only the newest has no end',
  'linked-once': 'every page is linked from exactly one other page (TREE, completeness)',
  'immutable': 'the header and the body agree on what never changes; a page with relations to pages that may change is not immutable',
  'page-size': 'a page has at most 250 members, unless one entity is larger',
  'members': 'every member is an IRI with one time, within the interval of its page, and one entity',
  'once': 'no member stands on two pages',
  'order': 'time and sequence together increase from member to member',
  'self-contained': 'no blank nodes, no xsd:string, and no member of plain triples leads to a member, a page or the stream',
  'transactions': 'no member of a transaction follows the one that closes it',
  'retention': 'a policy is an IRI with a property, and only on a view that drops something',
  'shape': 'tree:shape stands on the page and asks only for the time and the entity',
} as const;

export type LintRule = keyof typeof lintRules;

export interface Finding {
  readonly rule: LintRule;
  readonly page: string;
  readonly what: string;
}

export interface LintReport {
  readonly findings: readonly Finding[];
  readonly pages: number;
  readonly members: number;
  /** False when pages were left out. */
  readonly whole: boolean;
}

interface Interval {
  readonly from: string | undefined;
  readonly until: string | undefined;
}

/** The statements of a page by subject and predicate. */
class Statements {
  readonly #objects = new Map<string, string[]>();
  readonly lines: readonly ReturnType<typeof splitLine>[];

  constructor(body: string) {
    this.lines = body.split('\n').flatMap((line) => (line === '' ? [] : [splitLine(line)]));
    for (const { subject, predicate, object, graph } of this.lines) {
      if (graph !== '') continue;
      const key = `${subject} ${predicate}`;
      const known = this.#objects.get(key);
      if (known) known.push(object);
      else this.#objects.set(key, [object]);
    }
  }

  all(subject: string, predicate: string): readonly string[] {
    return this.#objects.get(`${subject} <${predicate}>`) ?? [];
  }

  subjectsOf(predicate: string): readonly string[] {
    return this.lines.flatMap((line) => (line.predicate === `<${predicate}>` ? [line.subject] : []));
  }
}

function text(literal: string | undefined): string | undefined {
  return literal?.slice(1, literal.lastIndexOf('"'));
}

/** Checks a stream page by page, from its root, as its clients read it. */
export class StreamLint {
  readonly #findings: Finding[] = [];
  readonly #linked = new Map<string, number>();
  readonly #members = new Set<string>();
  readonly #closed = new Set<string>();
  #stream = '';
  #time = '';
  #of = '';
  #sequence = '';
  #root = '';
  #last: readonly [time: string, sequence: number] = ['', 0];
  #pages = 0;

  /** @param get fetches a page as N-Quads @param most pages to read: the first and the last ones, when there are more */
  static async run(root: string, get: (url: string) => Promise<LintedPage>, most = Number.POSITIVE_INFINITY): Promise<LintReport> {
    const lint = new StreamLint();
    const queue = lint.#readRoot(await get(root));
    // Older pages are behind an index, which comes last: time order is that of the intervals.
    const leaves: [string, Interval][] = [];
    for (const [url, interval] of queue) {
      if (/\/index\/[^/]+$/.test(url)) queue.push(...lint.#readIndex(await get(url)));
      else leaves.push([url, interval]);
    }
    leaves.sort(([, a], [, b]) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1));
    lint.#checkIntervals(root, leaves);
    const half = Math.ceil(most / 2);
    const read = leaves.filter((_leaf, at) => at < half || at >= leaves.length - half);
    for (const [at, [url, interval]] of read.entries()) lint.#readLeaf(await get(url), interval, at === read.length - 1);
    for (const [url, times] of lint.#linked) if (times > 1) lint.#find('linked-once', url, `${times}`);
    return { findings: lint.#findings, pages: lint.#pages, members: lint.#members.size, whole: read.length === leaves.length };
  }

  #find(rule: LintRule, page: string, what: string): void {
    this.#findings.push({ rule, page, what });
  }

  #expect(holds: boolean, rule: LintRule, page: string, what: string): void {
    if (!holds) this.#find(rule, page, what);
  }

  #headers({ url, cacheControl, vary, etag }: LintedPage): void {
    this.#pages += 1;
    this.#expect(etag !== '', 'headers', url, 'no ETag');
    this.#expect(/\baccept\b/i.test(vary.replace(/accept-encoding/gi, '')), 'headers', url, `Vary: ${vary}`);
    this.#expect(cacheControl !== '' && !/,\S/.test(cacheControl), 'headers', url, `Cache-Control: ${cacheControl}`);
  }

  #readRoot(page: LintedPage): [string, Interval][] {
    const { url } = page;
    this.#root = url;
    this.#headers(page);
    const statements = new Statements(page.body);
    const views = statements.subjectsOf(terms.tree('view'));
    const stream = views[0] ?? '';
    this.#stream = stream;
    this.#expect(views.length === 1 && statements.all(stream, terms.tree('view'))[0] === `<${url}>`, 'one-view', url, `${views.length} tree:view`);
    const types = statements.all(stream, terms.rdf('type'));
    this.#expect(types.includes(`<${terms.ldes('EventStream')}>`) && types.includes(`<${terms.oldEventStream}>`), 'typed', url, types.join(' '));
    const path = (name: string, least: number): string => {
      const found = statements.all(stream, terms.ldes(name));
      this.#expect(found.length >= least && found.length <= 1 && found.every((iri) => iri.startsWith('<')), 'paths', url, `${name}: ${found.length}`);
      return found[0]?.slice(1, -1) ?? '';
    };
    this.#time = path('timestampPath', 1);
    this.#of = path('versionOfPath', 1);
    this.#sequence = path('sequencePath', 0);
    for (const name of ['versionDeletePath', 'versionDeleteObject', 'transactionPath', 'transactionFinalizedPath', 'transactionFinalizedObject']) {
      const found = statements.all(stream, terms.ldes(name));
      this.#expect(found.length <= 1, 'paths', url, `${name}: ${found.length}`);
    }
    this.#checkRetention(statements, url);
    this.#checkShape(statements, url);
    this.#expect(!/immutable/.test(page.cacheControl), 'immutable', url, 'the root is immutable');
    return this.#relations(statements, url);
  }

  #checkRetention(statements: Statements, url: string): void {
    for (const subject of new Set(statements.subjectsOf(terms.ldes('retentionPolicy')))) {
      for (const policy of statements.all(subject, terms.ldes('retentionPolicy'))) {
        const says = statements.lines.some((line) => line.subject === policy && line.predicate !== `<${terms.rdf('type')}>`);
        this.#expect(policy.startsWith('<') && says, 'retention', url, policy);
      }
    }
  }

  #checkShape(statements: Statements, url: string): void {
    const [shape, ...more] = statements.all(this.#stream, terms.tree('shape'));
    const asked = shape === undefined ? [] : statements.all(shape, terms.sh('property')).flatMap((property) => statements.all(property, terms.sh('path')));
    this.#expect(shape !== undefined && more.length === 0 && asked.length > 0 && asked.every((path) => path === `<${this.#time}>` || path === `<${this.#of}>`), 'shape', url, asked.join(' '));
  }

  #readIndex(page: LintedPage): [string, Interval][] {
    this.#headers(page);
    return this.#relations(new Statements(page.body), page.url);
  }

  #relations(statements: Statements, url: string): [string, Interval][] {
    const bounds = new Map<string, { from?: string; until?: string }>();
    for (const relation of statements.all(`<${url}>`, terms.tree('relation'))) {
      const [node, ...nodes] = statements.all(relation, terms.tree('node'));
      const [type] = statements.all(relation, terms.rdf('type'));
      const values = statements.all(relation, terms.tree('value'));
      const paths = statements.all(relation, terms.tree('path'));
      const sound = node !== undefined && nodes.length === 0 && values.length === 1 && paths.length === 1 && paths[0] === `<${this.#time}>`;
      this.#expect(sound, 'relations', url, relation);
      if (node === undefined) continue;
      const target = node.slice(1, -1);
      let known = bounds.get(target);
      if (!known) bounds.set(target, (known = {}));
      const bound = text(values[0]) ?? '';
      if (type === `<${terms.tree('GreaterThanOrEqualToRelation')}>` && known.from === undefined) known.from = bound;
      else if (type === `<${terms.tree('LessThanRelation')}>` && known.until === undefined) known.until = bound;
      else this.#find('relations', url, `${type ?? 'no type'} twice or unknown for ${target}`);
    }
    for (const target of bounds.keys()) this.#linked.set(target, (this.#linked.get(target) ?? 0) + 1);
    return [...bounds].map(([target, { from, until }]) => [target, { from, until }]);
  }

  #checkIntervals(root: string, leaves: readonly (readonly [string, Interval])[]): void {
    for (const [at, [url, { from, until }]] of leaves.entries()) {
      const next = leaves[at + 1]?.[1];
      this.#expect(from !== undefined && (until === undefined ? next === undefined : from < until), 'intervals', url, `${from} ${until}`);
      if (next) this.#expect(until !== undefined && next.from !== undefined && until <= next.from, 'intervals', root, `${until} > ${next.from}`);
    }
  }

  #readLeaf(page: LintedPage, { from, until }: Interval, newest: boolean): void {
    const { url } = page;
    this.#headers(page);
    const statements = new Statements(page.body);
    const inHeader = /\bimmutable\b/.test(page.cacheControl);
    const inBody = statements.all(`<${url}>`, terms.ldes('immutable')).length > 0;
    this.#expect(inHeader === inBody, 'immutable', url, page.cacheControl);
    this.#expect(!(newest && until === undefined && inHeader), 'immutable', url, 'the newest page is immutable');
    const members = statements.all(this.#stream, terms.tree('member'));
    const entities = new Set<string>();
    for (const member of members) {
      const [entity, ...entitiesMore] = statements.all(member, this.#of);
      const [time, ...times] = statements.all(member, this.#time);
      const moment = text(time) ?? '';
      const sound = member.startsWith('<') && entity !== undefined && entitiesMore.length === 0 && times.length === 0 && moment >= (from ?? '') && (until === undefined || moment < until);
      this.#expect(sound, 'members', url, member);
      this.#expect(!this.#members.has(member), 'once', url, member);
      this.#members.add(member);
      if (entity !== undefined && !entity.includes('/.well-known/genid/')) entities.add(entity);
      this.#checkOrder(url, member, moment, Number(text(statements.all(member, this.#sequence)[0])));
      this.#checkTransaction(statements, url, member);
    }
    this.#expect(members.length <= pageSize || entities.size === 1, 'page-size', url, `${members.length}`);
    this.#checkContent(statements, url, new Set(members));
  }

  #checkOrder(url: string, member: string, time: string, sequence: number): void {
    const [lastTime, lastSequence] = this.#last;
    if (!Number.isNaN(sequence)) this.#expect(time > lastTime || (time === lastTime && sequence > lastSequence), 'order', url, member);
    this.#last = [time, sequence];
  }

  #checkTransaction(statements: Statements, url: string, member: string): void {
    const [transaction] = statements.all(member, terms.transaction);
    if (transaction === undefined) return;
    this.#expect(!this.#closed.has(transaction), 'transactions', url, member);
    if (statements.all(member, terms.finalized).length > 0) this.#closed.add(transaction);
  }

  #checkContent(statements: Statements, url: string, members: ReadonlySet<string>): void {
    for (const { subject, object, graph } of statements.lines) {
      const content = graph !== '' || members.has(subject);
      if (!content) continue;
      const leads = graph === '' && (members.has(object) || object === this.#stream || object === `<${url}>` || object === `<${this.#root}>`);
      this.#expect(!leads && !object.startsWith('_:') && !object.endsWith(`^^<${terms.xsd('string')}>`), 'self-contained', url, `${subject} ${object.slice(0, 100)}`);
    }
  }
}
