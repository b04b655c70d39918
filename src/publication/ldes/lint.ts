import { pageSize } from '../versions/pageCutter.js';
import type { Finding, LintedPage, LintReport, LintRule } from './lintRules.js';
import { linksOf, PageStatements, text, type Interval } from './pageStatements.js';
import { terms } from './terms.js';

/** What a root may say once of its stream, or not at all (LDES server primer, §root node). */
const once = [
  ...['Create', 'Update', 'Delete'].flatMap((kind) => [`version${kind}Path`, `version${kind}Object`]),
  'versionTimestampPath',
  'versionSequencePath',
  'transactionPath',
  'transactionFinalizedPath',
  'transactionFinalizedObject',
  'pollingInterval',
];

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
    for (const [url, interval] of read) {
      const complete = lint.#readLeaf(await get(url), interval);
      // Of a stream that grows there may be a newer page by now.
      if (complete && interval.until === undefined) lint.#checkEnded(url, await get(root));
    }
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
    const statements = new PageStatements(page.body);
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
    for (const name of once) {
      const found = statements.all(stream, terms.ldes(name));
      this.#expect(found.length <= 1, 'paths', url, `${name}: ${found.length}`);
    }
    this.#checkRetention(statements, url);
    this.#checkShape(statements, url);
    this.#expect(!/immutable/.test(page.cacheControl), 'immutable', url, 'the root is immutable');
    return this.#links(statements, url);
  }

  #checkRetention(statements: PageStatements, url: string): void {
    const subjects = statements.subjectsOf(terms.ldes('retentionPolicy'));
    this.#expect(subjects.length <= 1, 'retention', url, `${subjects.length} policies`);
    for (const subject of new Set(subjects)) {
      for (const policy of statements.all(subject, terms.ldes('retentionPolicy'))) {
        const says = statements.lines.some((line) => line.subject === policy && line.predicate !== `<${terms.rdf('type')}>`);
        this.#expect(policy.startsWith('<') && says, 'retention', url, policy);
      }
    }
  }

  #checkShape(statements: PageStatements, url: string): void {
    const [shape, ...more] = statements.all(this.#stream, terms.tree('shape'));
    const asked = shape === undefined ? [] : statements.all(shape, terms.sh('property')).flatMap((property) => statements.all(property, terms.sh('path')));
    this.#expect(shape !== undefined && more.length === 0 && asked.length > 0 && asked.every((path) => path === `<${this.#time}>` || path === `<${this.#of}>`), 'shape', url, asked.join(' '));
  }

  #readIndex(page: LintedPage): [string, Interval][] {
    this.#headers(page);
    return this.#links(new PageStatements(page.body), page.url);
  }

  #links(statements: PageStatements, url: string): [string, Interval][] {
    const links = linksOf(statements, url, this.#time, (what) => this.#find('relations', url, what));
    for (const { target } of links) this.#linked.set(target, (this.#linked.get(target) ?? 0) + 1);
    return links.map(({ target, interval }) => [target, interval]);
  }

  #checkIntervals(root: string, leaves: readonly (readonly [string, Interval])[]): void {
    for (const [at, [url, { from, until }]] of leaves.entries()) {
      const next = leaves[at + 1]?.[1];
      this.#expect(from !== undefined && (until === undefined ? next === undefined : from < until), 'intervals', url, `${from} ${until}`);
      if (next) this.#expect(until !== undefined && next.from !== undefined && until <= next.from, 'intervals', root, `${until} > ${next.from}`);
    }
  }

  #checkEnded(url: string, root: LintedPage): void {
    const links = linksOf(new PageStatements(root.body), root.url, this.#time, () => undefined);
    const isNewest = links.some(({ target, interval }) => target === url && interval.until === undefined);
    this.#expect(!isNewest, 'immutable', url, 'the newest page is immutable');
  }

  /** Answers whether the page says that it never changes again. */
  #readLeaf(page: LintedPage, { from, until }: Interval): boolean {
    const { url } = page;
    this.#headers(page);
    const statements = new PageStatements(page.body);
    const inHeader = /\bimmutable\b/.test(page.cacheControl);
    const inBody = statements.all(`<${url}>`, terms.ldes('immutable')).length > 0;
    this.#expect(inHeader === inBody, 'immutable', url, page.cacheControl);
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
    this.#checkGroups(statements, url);
    return inHeader;
  }

  #checkGroups(statements: PageStatements, url: string): void {
    let member: string | undefined;
    for (const { subject, predicate, object, graph } of statements.lines) {
      if (subject === this.#stream && predicate === `<${terms.tree('member')}>`) member = object;
      else if (member !== undefined && member !== (graph === '' ? subject : graph)) return this.#find('grouped', url, `${subject} ${predicate}`);
    }
  }

  #checkOrder(url: string, member: string, time: string, sequence: number): void {
    const [lastTime, lastSequence] = this.#last;
    if (!Number.isNaN(sequence)) this.#expect(time > lastTime || (time === lastTime && sequence > lastSequence), 'order', url, member);
    this.#last = [time, sequence];
  }

  #checkTransaction(statements: PageStatements, url: string, member: string): void {
    const [transaction] = statements.all(member, terms.transaction);
    if (transaction === undefined) return;
    this.#expect(!this.#closed.has(transaction), 'transactions', url, member);
    if (statements.all(member, terms.finalized).length > 0) this.#closed.add(transaction);
  }

  #checkContent(statements: PageStatements, url: string, members: ReadonlySet<string>): void {
    for (const { subject, object, graph } of statements.lines) {
      const content = graph !== '' || members.has(subject);
      if (!content) continue;
      const leads = graph === '' && (members.has(object) || object === this.#stream || object === `<${url}>` || object === `<${this.#root}>`);
      this.#expect(!leads && !object.startsWith('_:') && !object.endsWith(`^^<${terms.xsd('string')}>`), 'self-contained', url, `${subject} ${object.slice(0, 100)}`);
    }
  }
}
