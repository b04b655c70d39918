import { createHash } from 'node:crypto';
import type { StreamVersion } from './streamStore.js';
import type { Flavour } from './address.js';
import { link, terms, value } from './terms.js';

/** A member as it stands on a page. */
export interface PageMember {
  readonly iri: string;
  /** Its triples in the default graph, as N-Triples lines. */
  readonly lines: readonly string[];
  /** Triples in the named graph that bears its name. */
  readonly graph: readonly string[];
}

const rdfType = terms.rdf('type');
const typeLine = ` <${rdfType}> <`;

/** IRI of the version of a node (an entity or a part of one) that a commit made in a scope: the same for ever. */
export function memberIri(base: string, { commit, scope }: StreamVersion, node: string): string {
  return `${base}ldes/lid/${commit}/${createHash('sha256').update(`${scope} ${node}`).digest('hex').slice(0, 20)}`;
}

/** The version object with an address, among the versions of its commit. */
export function memberOf(versions: Iterable<StreamVersion>, iri: string, base: string): { readonly version: StreamVersion; readonly member: PageMember } | undefined {
  for (const version of versions) {
    const nodes = new Set([version.entity, ...(version.gone ?? []), ...version.lines.map((line) => line.slice(1, line.indexOf('>')))]);
    if (![...nodes].some((node) => memberIri(base, version, node) === iri)) continue;
    const member = versionObjects(version, base).find((one) => one.iri === iri);
    if (member) return { version, member };
  }
  return undefined;
}

/** The members of one version. */
export function membersOf(version: StreamVersion, flavour: Flavour, base: string): readonly PageMember[] {
  return flavour === 'activiteiten' ? [activity(version, base)] : versionObjects(version, base);
}

/** When, in what order and in which transaction: what every member says. */
function about(iri: string, { time, commit, lastHere }: StreamVersion, timestampPath: string, base: string, [order, final]: readonly [string, boolean]): string[] {
  return [
    value(iri, timestampPath, time, terms.xsd('dateTime')),
    value(iri, terms.sequence, order, terms.xsd('decimal')),
    link(iri, terms.transaction, `${base}commits/${commit}`),
    ...(final && lastHere ? [value(iri, terms.finalized, 'true', terms.xsd('boolean'))] : []),
  ];
}

const activityTypes = { create: 'Create', update: 'Update', delete: 'Delete' } as const;

/** ActivityStreams: what happened to which entity, and its state in a graph of its own (DCAT-AP Feeds, §Members). */
function activity(version: StreamVersion, base: string): PageMember {
  const iri = memberIri(base, version, version.entity);
  const lines = [
    link(iri, rdfType, terms.as(activityTypes[version.kind])),
    link(iri, terms.as('object'), version.entity),
    ...about(iri, version, terms.as('published'), base, [`${version.sequence}.0`, true]),
  ];
  return { iri, lines, graph: version.lines };
}

/**
 * Version objects in plain triples, one for the entity and one for each skolem node below it: readers that take only
 * the triples of a member itself (and there are several) would lose the parts. No member links to another, because
 * readers that follow every link would take that for its content.
 */
function versionObjects(version: StreamVersion, base: string): readonly PageMember[] {
  const nodes = new Map<string, string[]>();
  for (const line of version.lines) {
    const subject = line.slice(1, line.indexOf('>'));
    const known = nodes.get(subject);
    if (known) known.push(line);
    else nodes.set(subject, [line]);
  }
  const own = nodes.get(version.entity) ?? [];
  nodes.delete(version.entity);
  const parts = [...nodes, ...(version.gone ?? []).map((iri): [string, string[]] => [iri, []])];
  const width = String(parts.length).length;
  return [
    ...parts.map(([node, lines], at) => versionObject(version, node, lines, base, [`${version.sequence - 1}.${String(at + 1).padStart(width, '0')}1`, false])),
    // The entity itself comes last: with it the version is complete.
    versionObject(version, version.entity, own, base, [`${version.sequence}.0`, true]),
  ];
}

function versionObject(version: StreamVersion, node: string, own: readonly string[], base: string, order: readonly [string, boolean]): PageMember {
  const iri = memberIri(base, version, node);
  const start = node.length + 2;
  const lines = own.map((line) => `<${iri}>${line.slice(start)}`);
  return {
    iri,
    lines: [
      link(iri, terms.dct('isVersionOf'), node),
      ...about(iri, version, terms.prov('generatedAtTime'), base, order),
      ...(lines.length === 0 ? [`<${iri}>${typeLine}${terms.as('Tombstone')}> .`] : lines),
    ],
    graph: [],
  };
}
