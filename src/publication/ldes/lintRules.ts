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
  'retention': 'at most one policy, an IRI with a property, and only on a view that drops something (LDES, retention policies)',
  'shape': 'tree:shape stands on the page and asks only for the time and the entity',
  'grouped': 'the members come after the hypermedia, each right after the triple that makes it one (TREE profile)',
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
