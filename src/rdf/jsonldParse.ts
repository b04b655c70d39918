import type * as RDF from '@rdfjs/types';
import jsonld from 'jsonld';
import { Fault, type FaultCode, type Place, type Text } from '../faults.js';
import { checkQuad, defaultMaxTermLength } from './check.js';
import { contextLoader } from './contexts.js';
import { blankNode, defaultGraph, literal, namedNode, quad } from './dataModel.js';
import { checkIri } from './iri.js';
import { findPath, parseJson } from './jsonText.js';
import type { ParsedQuad, ParseOptions } from './parse.js';
import { withPlace } from './place.js';
import { xsd } from './prefixes.js';

const batchSize = 1000;
/** JSON-LD is read as a whole and takes many times its size: 16 Mi characters unless the caller says otherwise. */
const defaultMaxDocumentLength = 16 * 1_048_576;

/** A warning of the JSON-LD processor: something it would leave out. */
interface Warning {
  readonly code: string;
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** These leave nothing out that says anything. */
const harmless: ReadonlySet<string> = new Set(['empty object', 'object with only @id']);

function where(document: unknown, text: unknown): { readonly jsonPath?: string } {
  const jsonPath = typeof text === 'string' ? findPath(document, (key, value) => key === text || value === text) : undefined;
  return jsonPath === undefined ? {} : { jsonPath };
}

function hasContext(document: unknown): boolean {
  return JSON.stringify(document).includes('"@context":');
}

/** The processor calls every IRI it cannot read relative. */
function invalidIri(text: string): Fault | undefined {
  try {
    checkIri(text);
  } catch (fault) {
    if (fault instanceof Fault && fault.code === 'invalid-iri') return fault;
  }
  return undefined;
}

function warningFault({ code, message, details = {} }: Warning, document: unknown): Fault {
  const subject = details['property'] ?? details['id'] ?? details['type'] ?? details['value'] ?? details['relativeIri'] ?? details['language'] ?? details['vocab'];
  const shown = typeof subject === 'string' ? subject : JSON.stringify(subject ?? null);
  const place: Place = where(document, subject);
  if (code === 'invalid property' && !hasContext(document)) {
    return new Fault(
      'rdf-syntax',
      {
        nl: `Dit is gewone JSON, geen JSON-LD: er is geen @context die zegt wat sleutels als “${shown}” betekenen.`,
        en: `This is plain JSON, not JSON-LD: there is no @context that says what keys such as “${shown}” mean.`,
      },
      { place },
    );
  }
  if (code === 'invalid property') {
    return new Fault(
      'rdf-syntax',
      {
        nl: `De sleutel “${shown}” staat niet in de context: de waarde zou verloren gaan. Voeg de sleutel toe aan @context, of schrijf het volledige webadres.`,
        en: `The key “${shown}” is not in the context: its value would be lost. Add it to @context, or write the full IRI.`,
      },
      { place },
    );
  }
  if (/relative|prepending/.test(code)) {
    const broken = invalidIri(shown);
    if (broken) return withPlace(broken, place);
    return new Fault(
      'relative-iri',
      {
        nl: `Het webadres “${shown}” is relatief, en er is geen basisadres. Schrijf het volledige adres, of geef een @base.`,
        en: `The IRI “${shown}” is relative and there is no base. Write it in full, or give a base.`,
      },
      { place },
    );
  }
  const kind: FaultCode = /language|direction|rdfDirection/i.test(code) ? 'invalid-term' : 'rdf-syntax';
  return new Fault(kind, { nl: `In deze JSON-LD zou iets verloren gaan (${shown}): ${message}`, en: `This JSON-LD would lose something (${shown}): ${message}` }, { place });
}

/** The fault behind an error of the JSON-LD processor; what the loader or the warnings threw lies below it. */
function processorFault(error: unknown, document: unknown): unknown {
  for (let cause: unknown = error; cause instanceof Error; cause = Reflect.get(Object(Reflect.get(cause, 'details')), 'cause') ?? cause.cause) {
    if (cause instanceof Fault) return cause;
  }
  if (error instanceof RangeError) {
    return new Fault('too-large', { nl: 'Het JSON-LD-document is te diep genest.', en: 'The JSON-LD document is nested too deeply.' }, { cause: error });
  }
  if (!(error instanceof Error) || !error.name.startsWith('jsonld.')) return error;
  const details = Object(Reflect.get(error, 'details'));
  const code = String(Reflect.get(details, 'code') ?? error.message);
  const value: unknown = Reflect.get(details, 'value') ?? Reflect.get(details, 'term') ?? Reflect.get(details, 'url');
  const shown = typeof value === 'string' ? ` (${value})` : '';
  const text: Text = { nl: `Geen geldige JSON-LD: ${code}${shown}.`, en: `Not valid JSON-LD: ${code}${shown}.` };
  return new Fault('rdf-syntax', text, { place: where(document, value), cause: error });
}

const xsdOrRdf = /^http:\/\/www\.w3\.org\/(?:2001\/XMLSchema|1999\/02\/22-rdf-syntax-ns)#/;
const className = /[#/][A-Z][^#/]*$/;

/**
 * Contexts of OSLO give a link the class of its target as type, so that `"bekleedt": "urn:x"` becomes a literal with
 * a class for a datatype. Nobody means that: classes are written with a capital, datatypes are not.
 */
function checkDatatype(term: RDF.Literal, document: unknown): void {
  const datatype = term.datatype.value;
  if (xsdOrRdf.test(datatype) || !className.test(datatype)) return;
  throw new Fault(
    'invalid-term',
    {
      nl: `“${term.value}” krijgt door de context het type <${datatype}>, en dat is een klasse, geen gegevenstype. Is het een verwijzing? Schrijf dan {"@id": "${term.value}"}.`,
      en: `The context gives “${term.value}” the type <${datatype}>, which is a class and no datatype. Is it a link? Then write {"@id": "${term.value}"}.`,
    },
    { place: { ...where(document, term.value), expected: '{"@id": …}' } },
  );
}

const xsdDouble = xsd('double');
/* The processor rewrites doubles, and makes NaN of what is none. Under another name it leaves them as written. */
const doubleAsWritten = 'urn:x-as-written:double';

function keepDoubles(expanded: unknown): void {
  const stack: unknown[] = [expanded];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    if (Reflect.get(item, '@type') === xsdDouble && typeof Reflect.get(item, '@value') === 'string') Reflect.set(item, '@type', doubleAsWritten);
    else if (Reflect.get(item, '@type') !== '@json') stack.push(...Object.values(item).filter((member) => member !== undefined));
  }
}

interface PlainTerm {
  readonly termType: string;
  readonly value: string;
  readonly language?: string;
  readonly datatype?: { readonly value: string };
}

function resource({ termType, value }: PlainTerm): RDF.NamedNode | RDF.BlankNode {
  return termType === 'BlankNode' ? blankNode(value.replace(/^_:/, '')) : namedNode(value);
}

function literalOf({ value, language, datatype }: PlainTerm): RDF.Literal {
  if (language) return literal(value, language);
  const type = datatype?.value ?? xsd('string');
  return literal(value, namedNode(type === doubleAsWritten ? xsdDouble : type));
}

function toQuad(plain: Readonly<Record<'subject' | 'predicate' | 'object' | 'graph', PlainTerm>>): RDF.Quad {
  const { subject, predicate, object, graph } = plain;
  const value = object.termType === 'Literal' ? literalOf(object) : resource(object);
  return quad(resource(subject), namedNode(predicate.value), value, graph.termType === 'DefaultGraph' ? defaultGraph() : resource(graph));
}

async function collect(text: AsyncIterable<string>, limit: number): Promise<string> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of text) {
    length += piece.length;
    if (length > limit) {
      throw new Fault('too-large', {
        nl: `Een JSON-LD-document mag hoogstens ${limit} tekens lang zijn. Laad grotere bestanden als Turtle of N-Quads.`,
        en: `A JSON-LD document may hold at most ${limit} characters. Load larger files as Turtle or N-Quads.`,
      });
    }
    pieces.push(piece);
  }
  return pieces.join('');
}

/** Parses JSON-LD 1.1 with bundled contexts only; anything the processor would leave out is a fault. */
export async function* parseJsonLd(text: AsyncIterable<string>, options: ParseOptions): AsyncIterable<readonly ParsedQuad[]> {
  const document = parseJson(await collect(text, options.maxDocumentLength ?? defaultMaxDocumentLength), options.file);
  const filePlace: Place = options.file === undefined ? {} : { file: options.file };
  if (typeof document !== 'object' || document === null) {
    throw new Fault(
      'rdf-syntax',
      { nl: 'Een JSON-LD-document is een object of een lijst.', en: 'A JSON-LD document is an object or an array.' },
      { place: { line: 1, column: 1, expected: '{ or [', jsonPath: '$', ...filePlace } },
    );
  }
  const limit = options.maxTermLength ?? defaultMaxTermLength;
  let batch: ParsedQuad[] = [];
  try {
    const settings = {
      documentLoader: contextLoader(options.contexts),
      base: options.baseIri === undefined ? '' : checkIri(options.baseIri),
      eventHandler: ({ event }: { readonly event: Warning }): void => {
        if (!harmless.has(event.code)) throw warningFault(event, document);
      },
    };
    const expanded = await jsonld.expand(document as Parameters<typeof jsonld.expand>[0], settings as Parameters<typeof jsonld.expand>[1]);
    keepDoubles(expanded);
    const dataset: unknown = await jsonld.toRDF(expanded, settings as Parameters<typeof jsonld.toRDF>[1]);
    for (const plain of dataset as Iterable<Parameters<typeof toQuad>[0]>) {
      const made = toQuad(plain);
      checkQuad(made, limit);
      if (made.object.termType === 'Literal') checkDatatype(made.object, document);
      batch.push({ quad: made, line: 0 });
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  } catch (error) {
    const fault = processorFault(error, document);
    throw fault instanceof Fault ? withPlace(fault, filePlace) : fault;
  }
  if (batch.length > 0) yield batch;
}
