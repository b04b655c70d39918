import { Parser, type Quad } from 'n3';
import { toLine } from '../../src/rdf/nquads.js';
import { quad, namedNode } from '../../src/rdf/terms.js';
import { prefixes } from '../../src/rdf/prefixes.js';

const tree = 'https://w3id.org/tree#';
const volgnummer = `${prefixes.rg}volgnummerInStroom`;

interface Member {
  readonly entity: string;
  readonly time: string;
  readonly order: number;
  readonly lines: readonly string[];
}

type Fetch = (address: string) => Promise<string>;

/** Quads of every page of a view, from its root along every relation. */
async function pages(root: string, fetchPage: Fetch): Promise<Quad[]> {
  const quads: Quad[] = [];
  const waiting = [root];
  const seen = new Set(waiting);
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    // Blank nodes of two pages are different ones.
    const found = new Parser({ baseIRI: address, format: 'application/trig', blankNodePrefix: `p${seen.size}-${waiting.length}-` }).parse(await fetchPage(address));
    quads.push(...found);
    for (const { predicate, object } of found) {
      if (predicate.value !== `${tree}node` || seen.has(object.value)) continue;
      seen.add(object.value);
      waiting.push(object.value);
    }
  }
  return quads;
}

function bySubject(quads: readonly Quad[]): Map<string, Quad[]> {
  return group(quads, ({ subject }) => subject.value);
}

function group(quads: readonly Quad[], key: (quad: Quad) => string): Map<string, Quad[]> {
  const groups = new Map<string, Quad[]>();
  for (const item of quads) {
    const list = groups.get(key(item));
    if (list) list.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

function latest(members: readonly Member[]): Set<string> {
  const newest = new Map<string, Member>();
  for (const member of members) {
    const known = newest.get(member.entity);
    if (!known || member.time > known.time || (member.time === known.time && member.order > known.order)) newest.set(member.entity, member);
  }
  return new Set([...newest.values()].flatMap(({ lines }) => lines));
}

const value = (quads: readonly Quad[], predicate: string): string => quads.find((item) => item.predicate.value === predicate)?.object.value ?? '';

/** The state a reader of version objects ends with: the newest of each, without what only versions have. */
export async function stateOfVersions(root: string, fetchPage: Fetch): Promise<Set<string>> {
  const all = await pages(root, fetchPage);
  const described = bySubject(all);
  const own = new Set([`${prefixes.dct}isVersionOf`, `${prefixes.prov}generatedAtTime`, volgnummer, `${prefixes.rg}transactie`, `${prefixes.rg}transactieKlaar`]);
  const members = all
    .filter(({ predicate }) => predicate.value === `${tree}member`)
    .map(({ object }): Member => {
      const quads = described.get(object.value) ?? [];
      const entity = value(quads, `${prefixes.dct}isVersionOf`);
      const gone = quads.some((item) => item.object.value === `${prefixes.as}Tombstone`);
      return {
        entity,
        time: value(quads, `${prefixes.prov}generatedAtTime`),
        order: Number(value(quads, volgnummer)),
        lines: gone ? [] : quads.filter(({ predicate }) => !own.has(predicate.value)).map(({ predicate, object: said }) => toLine(quad(namedNode(entity), predicate, said))),
      };
    });
  return latest(members);
}

/** The state a reader of activities ends with: the graph of the newest activity about each entity. */
export async function stateOfActivities(root: string, fetchPage: Fetch): Promise<Set<string>> {
  const all = await pages(root, fetchPage);
  const described = bySubject(all.filter(({ graph }) => graph.termType === 'DefaultGraph'));
  const states = group(all.filter(({ graph }) => graph.termType !== 'DefaultGraph'), ({ graph }) => graph.value);
  const members = all
    .filter(({ predicate }) => predicate.value === `${tree}member`)
    .map(({ object }): Member => {
      const quads = described.get(object.value) ?? [];
      return {
        entity: value(quads, `${prefixes.as}object`),
        time: value(quads, `${prefixes.as}published`),
        order: Number(value(quads, volgnummer)),
        lines: (states.get(object.value) ?? []).map(({ subject, predicate, object: said }) => toLine(quad(subject, predicate, said))),
      };
    });
  return latest(members);
}
