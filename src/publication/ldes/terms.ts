import { ns, prefixes } from '../../rdf/prefixes.js';

/* LDES and TREE are drafts: every term of theirs that is written stands here. */
const ldes = (name: string): string => `https://w3id.org/ldes#${name}`;
const tree = (name: string): string => `https://w3id.org/tree#${name}`;
const as = (name: string): string => `${prefixes.as}${name}`;
const hydra = (name: string): string => `http://www.w3.org/ns/hydra/core#${name}`;

export const terms = {
  ldes,
  tree,
  as,
  hydra,
  ...ns,
  /** The namespace older Flemish producers wrote by mistake; their clients still look for it. */
  oldEventStream: 'http://w3id.org/ldes#EventStream',
  /** Order among members of one time. */
  sequence: ns.rg('volgnummerInStroom'),
  /** The commit a member is part of. */
  transaction: ns.rg('transactie'),
  /** On the last member of a transaction. */
  finalized: ns.rg('transactieKlaar'),
} as const;

export const specifications = { ldes: 'https://w3id.org/ldes/specification', tree: 'https://w3id.org/tree/specification' } as const;

/** TREE profile specification: hypermedia first, then member by member. */
export const profile = 'https://w3id.org/tree/profile';

/** A triple of IRIs as a canonical N-Triples line. */
export function link(subject: string, predicate: string, object: string): string {
  return `${node(subject)} <${predicate}> ${node(object)} .`;
}

/** A triple with a literal as a canonical N-Triples line; the text needs no escapes. */
export function value(subject: string, predicate: string, text: string, datatype?: string): string {
  return `${node(subject)} <${predicate}> "${text}"${datatype === undefined ? '' : `^^<${datatype}>`} .`;
}

function node(iri: string): string {
  return iri.startsWith('_:') ? iri : `<${iri}>`;
}
