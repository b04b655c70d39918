import { existsSync, readFileSync } from 'node:fs';
import { Fault } from '../faults.js';
import { resource } from '../resources.js';

/** A JSON-LD remote document (JSON-LD 1.1 API §9.4.3). */
export interface ContextDocument {
  readonly documentUrl: string;
  readonly document: object;
  readonly contextUrl?: string;
}

let bundled: ReadonlyMap<string, string> | undefined;

/** Context IRI -> file name, from `vocab/contexts/index.json`; empty when the package has none. */
function index(): ReadonlyMap<string, string> {
  if (!bundled) {
    const path = resource('vocab', 'contexts', 'index.json');
    const content: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {};
    bundled = new Map(Object.entries(Object(content)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  }
  return bundled;
}

const parsed = new Map<string, object>();

/** Contexts of ours, whose address depends on BASE_IRI: absolute IRI -> document, to give as `extra`. */
export function ownContexts(base: string): Readonly<Record<string, unknown>> {
  const relative = bundledContexts().filter((iri) => !iri.includes(':'));
  return Object.fromEntries(relative.map((iri) => [new URL(iri, base).href, fromBundle(iri)]));
}

/** The IRIs of the bundled contexts. */
export function bundledContexts(): readonly string[] {
  return [...index().keys()];
}

function fromBundle(iri: string): object | undefined {
  const file = index().get(iri);
  if (file === undefined) return undefined;
  let document = parsed.get(iri);
  if (!document) parsed.set(iri, (document = Object(JSON.parse(readFileSync(resource('vocab', 'contexts', file), 'utf8')))));
  return document;
}

/**
 * A document loader that never uses the network: the bundled contexts and those given. Anything else is a Fault
 * `remote-context`.
 */
export function contextLoader(extra: Readonly<Record<string, unknown>> = {}): (iri: string) => Promise<ContextDocument> {
  return async (iri) => {
    const document = Object.hasOwn(extra, iri) ? Object(extra[iri]) : fromBundle(iri);
    if (document === undefined) {
      throw new Fault('remote-context', {
        nl: `De JSON-LD-context ${iri} zit niet in de bundel, en contexten worden niet van het web gehaald. Zet de context in het document zelf.`,
        en: `The JSON-LD context ${iri} is not bundled, and contexts are not fetched. Put the context in the document itself.`,
      });
    }
    return { documentUrl: iri, document };
  };
}
