import { createHash } from 'node:crypto';
import { isSkolem } from '../../rdf/skolem.js';
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

/**
 * IRI of the version of a node (an entity or a part of one) that a commit made in a scope: the same for ever. Two
 * entities may share a part: each tells of it.
 */
function memberIri(base: string, { commit, scope, entity }: StreamVersion, node: string): string {
  const what = node === entity ? `${scope} ${node}` : `${scope} ${entity} ${node}`;
  return `${base}ldes/lid/${commit}/${createHash('sha256').update(what).digest('hex').slice(0, 20)}`;
}

/** IRI of what only the stream of a collection says: that something is not in it any more. */
function leftIri(base: string, version: StreamVersion, node: string): string {
  return memberIri(base, { ...version, scope: `${version.scope} ${version.here?.collection ?? ''}` }, node);
}

/** The version object with an address, among the versions of its commit. */
export function memberOf(versions: Iterable<StreamVersion>, iri: string, base: string): { readonly version: StreamVersion; readonly member: PageMember } | undefined {
  for (const version of versions) {
    const nodes = new Set([version.entity, ...(version.gone ?? []), ...(version.here?.gone ?? []), ...version.lines.map((line) => line.slice(1, line.indexOf('>')))]);
    if (![...nodes].some((node) => memberIri(base, version, node) === iri || leftIri(base, version, node) === iri)) continue;
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
  const left = version.here?.left ?? false;
  const iri = (left ? leftIri : memberIri)(base, version, version.entity);
  const lines = [
    link(iri, rdfType, terms.as(activityTypes[left ? 'delete' : version.kind])),
    link(iri, terms.as('object'), version.entity),
    ...about(iri, version, terms.as('published'), base, [`${version.sequence}.0`, true]),
  ];
  return { iri, lines, graph: left ? [] : version.lines };
}

/**
 * Version objects in plain triples, one for the entity and one for each skolem node below it: readers that take only
 * the triples of a member itself (and there are several) would lose the parts. No member links to another, because
 * readers that follow every link would take that for its content.
 */
function versionObjects(version: StreamVersion, base: string): readonly PageMember[] {
  const { entity, gone = [], here } = version;
  // What was loose became part of an entity: the version of that tells of it.
  if (version.kind === 'delete' && isSkolem(entity, base) && !gone.includes(entity)) return [];
  const nodes = new Map<string, string[]>();
  for (const line of here?.left ? [] : version.lines) {
    const subject = line.slice(1, line.indexOf('>'));
    const known = nodes.get(subject);
    if (known) known.push(line);
    else nodes.set(subject, [line]);
  }
  const own = nodes.get(entity) ?? [];
  nodes.delete(entity);
  const parts: readonly Part[] = [
    ...[...nodes].map(([node, lines]) => ({ iri: memberIri(base, version, node), node, lines })),
    ...gone.filter((node) => node !== entity).map((node) => ({ iri: memberIri(base, version, node), node, lines: [] })),
    ...(here?.gone ?? []).map((node) => ({ iri: leftIri(base, version, node), node, lines: [] })),
  ];
  const width = String(parts.length).length;
  return [
    ...parts.map((part, at) => versionObject(version, part, base, [`${version.sequence - 1}.${String(at + 1).padStart(width, '0')}1`, false])),
    // The entity itself comes last: with it the version is complete.
    ...(version.onlyGone ? [] : [versionObject(version, { iri: (here?.left ? leftIri : memberIri)(base, version, entity), node: entity, lines: own }, base, [`${version.sequence}.0`, true])]),
  ];
}

interface Part {
  readonly iri: string;
  readonly node: string;
  readonly lines: readonly string[];
}

function versionObject(version: StreamVersion, { iri, node, lines: own }: Part, base: string, order: readonly [string, boolean]): PageMember {
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
