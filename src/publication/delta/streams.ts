import { Fault, type Text } from '../../faults.js';
import { mergedScope, type Scope } from '../versions/contract.js';

/** A stream of delta files: what it is called and what is in it. */
export interface DeltaStream {
  /** Part of its addresses: lower-case letters, digits, dashes. */
  readonly name: string;
  readonly title: Text;
  readonly scope: Scope;
  /** Only entities of this collection. */
  readonly collection?: string;
  /** Only for who has a token (`POST /sync/{stream}/login`). */
  readonly closed: boolean;
}

/** A collection that can be a stream. */
export interface StreamKind {
  readonly name: string;
  readonly title: Text;
}

export interface StreamSettings {
  /** Streams besides the usual ones: names of collections, or `dataset:{slug}`. */
  readonly more: readonly string[];
  /** Names of streams that need a token. */
  readonly closed: readonly string[];
}

export const noStreamSettings: StreamSettings = { more: [], closed: [] };

/** The stream of everything. */
export const allStream = 'alle';
/** The stream with a known end, for who tests a consumer. */
export const testStream = 'proef';
const usual = ['actoren', 'initiatieven', 'bouwstenen', 'componenten'];

function datasetStream(slug: string, base: string): Omit<DeltaStream, 'closed'> | undefined {
  if (!/^[a-z0-9][a-z0-9._-]{0,99}$/.test(slug)) return undefined;
  return { name: `dataset-${slug}`, title: { nl: `Dataset ${slug}`, en: `Dataset ${slug}` }, scope: `${base}id/dataset/${slug}` };
}

/**
 * The streams of an installation.
 * @throws Fault bad-request when a setting names something that does not exist.
 */
export function deltaStreams(base: string, kinds: readonly StreamKind[], { more, closed }: StreamSettings): readonly DeltaStream[] {
  const everything = { name: allStream, title: { nl: 'Alles', en: 'Everything' }, scope: mergedScope };
  const found = new Map<string, Omit<DeltaStream, 'closed'>>([[allStream, everything]]);
  for (const wanted of [...usual, ...more]) {
    const kind = kinds.find(({ name }) => name === wanted);
    const stream = kind ? { ...kind, scope: mergedScope, collection: kind.name } : wanted.startsWith('dataset:') ? datasetStream(wanted.slice('dataset:'.length), base) : undefined;
    if (stream) found.set(stream.name, stream);
    else if (!usual.includes(wanted)) throw unknownStream('SYNC_STREAMS', wanted, [...kinds.map(({ name }) => name), 'dataset:{naam}']);
  }
  for (const name of closed) if (!found.has(name)) throw unknownStream('SYNC_CLOSED', name, [...found.keys()]);
  return [...found.values()].map((stream) => Object.assign(stream, { closed: closed.includes(stream.name) }));
}

function unknownStream(setting: string, name: string, possible: readonly string[]): Fault {
  return new Fault('bad-request', {
    nl: `Foute instelling ${setting}: "${name}" bestaat niet. Kies uit ${possible.join(', ')}.`,
    en: `Wrong setting ${setting}: "${name}" does not exist. Choose from ${possible.join(', ')}.`,
  });
}
