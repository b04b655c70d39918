import type { Flavour, PageAddress, PageName, ViewName } from './address.js';
import { pathOf } from './address.js';
import type { StreamPage, StreamVersion } from './streamStore.js';
import { link, specifications, terms, value } from './terms.js';

/** What the pages of a stream are described with. */
export interface StreamAbout {
  readonly base: string;
  /** Where pages are asked for: the base, unless a machine is asked under another of its own names. */
  readonly origin: string;
  readonly title: Readonly<Record<'nl' | 'en', string>>;
  readonly description?: Readonly<Record<'nl' | 'en', string>>;
  readonly licence: string;
  /** What a member shows, where that is more than the version itself says. */
  readonly present?: (version: StreamVersion) => StreamVersion;
}

/** A relation of TREE: pages between two moments. */
export interface Relation {
  readonly target: PageAddress;
  readonly from?: number;
  readonly until?: number;
}

/** Days the view `recent` goes back. */
export const recentDays = 30;
/** Seconds in which a client need not ask again. */
const pollingSeconds = 10;

/** Cache-Control of a page. A space after every comma: there are clients that split on both. */
export function cacheControl(complete: boolean, audience: 'public' | 'private' = 'public'): string {
  return complete ? `${audience}, max-age=604800, immutable` : `${audience}, max-age=${pollingSeconds}, must-revalidate`;
}

const rdfType = terms.rdf('type');
/** Where a member says when it was and of what. */
export const paths: Readonly<Record<Flavour, { readonly time: string; readonly of: string }>> = {
  versies: { time: terms.prov('generatedAtTime'), of: terms.dct('isVersionOf') },
  activiteiten: { time: terms.as('published'), of: terms.as('object') },
};

export function streamIri(base: string, { stream, flavour }: Pick<PageAddress, 'stream' | 'flavour'>): string {
  return `${base}${pathOf({ stream, flavour, view: 'alles', page: { kind: 'root' } })}#stream`;
}

/** The page a view begins with: of a chain that is its first. */
function rootOf(address: PageAddress): PageAddress {
  const { page, view } = address;
  return view === 'keten' && page.kind === 'leaf' ? leaf(address, page.generation, 1) : { ...address, page: { kind: 'root' } };
}

/** Text of a literal, escaped. */
function text(content: string): string {
  return JSON.stringify(content).slice(1, -1);
}

/**
 * The hypermedia of a page (TREE and LDES, current and older terms), as N-Triples lines. Everything a client must
 * know of the stream stands on every page, because some begin at the first leaf.
 */
export function hypermedia(address: PageAddress, about: StreamAbout, relations: readonly Relation[], { complete }: { readonly complete: boolean }): string[] {
  const { base, origin } = about;
  const stream = streamIri(base, address);
  const root = rootOf(address);
  const self = origin + pathOf(address);
  const { time, of } = paths[address.flavour];
  const lines = [
    link(self, rdfType, terms.tree('Node')),
    // A client that parses the word `false` would be surprised: it is only stated when it holds.
    ...(complete ? [value(self, terms.ldes('immutable'), 'true', terms.xsd('boolean'))] : []),
    link(stream, rdfType, terms.ldes('EventStream')),
    link(stream, rdfType, terms.oldEventStream),
    link(stream, terms.tree('view'), origin + pathOf(root)),
    link(stream, terms.ldes('timestampPath'), time),
    link(stream, terms.ldes('versionOfPath'), of),
    ...(address.page.kind === 'leaf' ? [link(self, terms.dct('isPartOf'), stream)] : []),
    ...(pathOf(root) === pathOf(address) ? rootLines(address, about, { self, stream, time, of }) : []),
  ];
  for (const [at, { target, from, until }] of relations.entries()) lines.push(...relationLines(self, origin + pathOf(target), time, { at, from, until }));
  return lines;
}

function relationLines(self: string, target: string, path: string, { at, from, until }: { readonly at: number; readonly from: number | undefined; readonly until: number | undefined }): string[] {
  const bound = (name: string, type: string, moment: number): string[] => {
    const relation = `_:${name}${at}`;
    return [
      link(self, terms.tree('relation'), relation),
      link(relation, rdfType, terms.tree(type)),
      link(relation, terms.tree('path'), path),
      value(relation, terms.tree('value'), new Date(moment).toISOString(), terms.xsd('dateTime')),
      link(relation, terms.tree('node'), target),
    ];
  };
  return [
    ...(from === undefined ? [] : bound('g', 'GreaterThanOrEqualToRelation', from)),
    ...(until === undefined ? [] : bound('l', 'LessThanRelation', until)),
  ];
}

function rootLines({ flavour, view, stream: name }: PageAddress, { base, title, description, licence }: StreamAbout, { self, stream, time, of }: { readonly self: string; readonly stream: string; readonly time: string; readonly of: string }): string[] {
  const shape = `${self}#shape`;
  const viewIri = `${self}#view`;
  const service = `${self}#service`;
  const isActivity = flavour === 'activiteiten';
  const kinds: readonly (readonly [string, string])[] = isActivity ? [['Create', 'Create'], ['Update', 'Update'], ['Delete', 'Delete']] : [['Delete', 'Tombstone']];
  return [
    link(stream, rdfType, terms.dcat('Dataset')),
    // How catalogues find it (TREE discovery, §DCAT).
    link(stream, terms.dct('type'), terms.ldes('EventStream')),
    link(stream, terms.dct('conformsTo'), specifications.ldes),
    link(stream, terms.dcat('distribution'), viewIri),
    ...Object.entries(title).map(([language, words]) => `<${stream}> <${terms.dct('title')}> "${text(words)}"@${language} .`),
    ...Object.entries(description ?? {}).map(([language, words]) => `<${stream}> <${terms.dct('description')}> "${text(words)}"@${language} .`),
    ...kinds.flatMap(([kind, type]) => [
      link(stream, terms.ldes(`version${kind}Path`), rdfType),
      link(stream, terms.ldes(`version${kind}Object`), terms.as(type)),
    ]),
    link(stream, terms.ldes('sequencePath'), terms.sequence),
    ...(dropsVersions.has(view) ? [] : transactionLines(stream)),
    value(stream, terms.ldes('pollingInterval'), String(pollingSeconds), terms.xsd('integer')),
    link(stream, terms.tree('shape'), shape),
    // A shape is an order to fetch for some clients: it asks only for what every member has on its page.
    link(shape, rdfType, terms.sh('NodeShape')),
    link(shape, terms.sh('nodeKind'), terms.sh('IRI')),
    link(shape, terms.sh('property'), `${shape}-entiteit`),
    link(`${shape}-entiteit`, terms.sh('path'), of),
    value(`${shape}-entiteit`, terms.sh('minCount'), '1', terms.xsd('integer')),
    value(`${shape}-entiteit`, terms.sh('maxCount'), '1', terms.xsd('integer')),
    link(`${shape}-entiteit`, terms.sh('nodeKind'), terms.sh('IRI')),
    link(shape, terms.sh('property'), `${shape}-moment`),
    link(`${shape}-moment`, terms.sh('path'), time),
    value(`${shape}-moment`, terms.sh('minCount'), '1', terms.xsd('integer')),
    value(`${shape}-moment`, terms.sh('maxCount'), '1', terms.xsd('integer')),
    link(`${shape}-moment`, terms.sh('datatype'), terms.xsd('dateTime')),
    link(self, rdfType, terms.ldes('EventSource')),
    link(self, terms.tree('viewDescription'), viewIri),
    link(viewIri, rdfType, terms.ldes('EventSource')),
    link(viewIri, rdfType, terms.tree('ViewDescription')),
    link(viewIri, rdfType, terms.dcat('Distribution')),
    link(viewIri, terms.dcat('accessURL'), self),
    link(viewIri, terms.dcat('downloadURL'), self),
    link(viewIri, terms.dcat('accessService'), service),
    link(viewIri, terms.dct('license'), licence),
    link(service, rdfType, terms.dcat('DataService')),
    link(service, terms.dcat('endpointURL'), self),
    link(service, terms.dcat('endpointDescription'), `${base}openapi.json`),
    link(service, terms.dcat('servesDataset'), stream),
    link(service, terms.dct('conformsTo'), specifications.ldes),
    link(service, terms.dct('conformsTo'), specifications.tree),
    ...(view === 'alles' ? searchLines(self, time) : []),
    link(self, terms.rdfs('seeAlso'), `${base}ldes/${name}/conformiteit`),
  ];
}

/** Of a view that drops versions the last member of a transaction may be missing: who waits for it would wait for ever. */
const dropsVersions: ReadonlySet<ViewName> = new Set(['laatste', 'momentopname']);

function transactionLines(stream: string): string[] {
  return [
    link(stream, terms.ldes('transactionPath'), terms.transaction),
    link(stream, terms.ldes('transactionFinalizedPath'), terms.finalized),
    value(stream, terms.ldes('transactionFinalizedObject'), 'true', terms.xsd('boolean')),
  ];
}

/** A jump to the page of a moment (TREE §search forms). */
function searchLines(self: string, time: string): string[] {
  return [
    link(self, terms.tree('search'), '_:zoek'),
    link('_:zoek', rdfType, terms.hydra('IriTemplate')),
    value('_:zoek', terms.hydra('template'), `${self}{?at}`),
    link('_:zoek', terms.hydra('mapping'), '_:at'),
    link('_:at', rdfType, terms.hydra('IriTemplateMapping')),
    value('_:at', terms.hydra('variable'), 'at'),
    link('_:at', terms.hydra('property'), terms.tree('timeQuery')),
    link('_:at', terms.tree('path'), time),
    value('_:at', terms.hydra('required'), 'true', terms.xsd('boolean')),
  ];
}

/**
 * What a view keeps (LDES §retention), in the current terms and in those before 1.0. A view that keeps everything says
 * nothing: a policy without properties would mean that it keeps nothing. A snapshot keeps the newest of each entity,
 * deletes too; what it keeps besides, every version since its moment, no policy can say: `startingFrom` would mean that
 * nothing of before is kept.
 */
export function retentionLines(address: PageAddress, origin: string): string[] {
  const self = origin + pathOf({ ...address, page: { kind: 'root' } });
  const policy = `${self}#bewaring`;
  const newest = (): string[] => [
    value(policy, terms.ldes('versionAmount'), '1', terms.xsd('integer')),
    link(policy, rdfType, terms.ldes('LatestVersionSubset')),
    value(policy, terms.ldes('amount'), '1', terms.xsd('integer')),
    link(policy, terms.ldes('versionKey'), paths[address.flavour].of),
  ];
  const kept: Readonly<Record<ViewName, () => string[]>> = {
    alles: () => [],
    keten: () => [],
    laatste: newest,
    momentopname: newest,
    recent: () => [
      value(policy, terms.ldes('fullLogDuration'), `P${recentDays}D`, terms.xsd('duration')),
      link(policy, rdfType, terms.ldes('DurationAgoPolicy')),
      value(policy, terms.tree('value'), `P${recentDays}D`, terms.xsd('duration')),
    ],
  };
  const lines = kept[address.view]();
  return lines.length === 0 ? [] : [link(`${self}#view`, terms.ldes('retentionPolicy'), policy), link(policy, rdfType, terms.ldes('RetentionPolicy')), ...lines];
}

/** Relations to pages, each with the half-open interval of its members; the newest has no end. */
export function relationsTo(pages: readonly StreamPage[], end: number | undefined, name: (page: StreamPage) => PageAddress): readonly Relation[] {
  return pages.map((page, at) => {
    const until = pages[at + 1]?.time ?? end;
    return { target: name(page), from: page.time, ...(until === undefined ? {} : { until }) };
  });
}

export function leaf(address: PageAddress, generation: string, number: number, until?: number): PageAddress {
  const page: PageName = { kind: 'leaf', generation, number, ...(until === undefined ? {} : { until }) };
  return { ...address, page };
}
