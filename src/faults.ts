/** A sentence a user may see, in Dutch (normative) and English. */
export interface Text {
  readonly nl: string;
  readonly en: string;
}

/** Where in the input something is wrong. Lines and columns count from 1. */
export interface Place {
  readonly line?: number;
  readonly column?: number;
  /** JSON path in a JSON-LD document, e.g. `$["@graph"][2]["naam"]`. */
  readonly jsonPath?: string;
  /** What the parser would have accepted there. */
  readonly expected?: string;
  /** Name of the file or multipart field. */
  readonly file?: string;
}

interface FaultKind {
  readonly status: number;
  readonly title: Text;
}

/**
 * Every fault the service can answer with: a stable code, the HTTP status (RFC 9110 §15) and the title of its
 * problem document (RFC 9457 §3.1.3). Codes are part of the public interface: add, never rename.
 */
export const faultKinds = {
  'rdf-syntax': { status: 400, title: { nl: 'Het bestand is geen geldige RDF', en: 'The document is not valid RDF' } },
  'query-syntax': { status: 400, title: { nl: 'De SPARQL-vraag heeft een schrijffout', en: 'The SPARQL text has a syntax error' } },
  'invalid-iri': { status: 400, title: { nl: 'Ongeldig webadres (IRI)', en: 'Invalid IRI' } },
  'relative-iri': { status: 400, title: { nl: 'Geen volledig webadres (IRI)', en: 'Not a complete IRI' } },
  'invalid-term': { status: 400, title: { nl: 'Waarde die hier niet mag staan', en: 'Term not allowed here' } },
  'remote-context': { status: 400, title: { nl: 'Onbekende JSON-LD-context', en: 'JSON-LD context not in the bundle' } },
  'xml-entities': { status: 400, title: { nl: 'XML met een DOCTYPE of entiteiten wordt geweigerd', en: 'XML with a DOCTYPE or entities is refused' } },
  'blank-node-work-limit': { status: 400, title: { nl: 'Naamloze knopen te ingewikkeld om te vergelijken', en: 'Blank nodes too complex to match' } },
  'bad-request': { status: 400, title: { nl: 'Het verzoek klopt niet', en: 'Malformed request' } },
  'address-refused': { status: 403, title: { nl: 'Dit adres bevraagt deze dienst niet', en: 'This service does not ask that address' } },
  'operation-refused': { status: 400, title: { nl: 'Deze bewerking wordt niet ondersteund', en: 'Operation not supported' } },
  unauthorised: { status: 401, title: { nl: 'Meld u aan met een token', en: 'Sign in with a token' } },
  forbidden: { status: 403, title: { nl: 'U heeft hiervoor geen rechten', en: 'You have no right to do this' } },
  'not-found': { status: 404, title: { nl: 'Niet gevonden', en: 'Not found' } },
  'unknown-dataset': { status: 404, title: { nl: 'Onbekende dataset', en: 'Unknown dataset' } },
  'method-not-allowed': { status: 405, title: { nl: 'Deze methode kan hier niet', en: 'Method not allowed' } },
  'not-acceptable': { status: 406, title: { nl: 'Geen van de gevraagde formaten is beschikbaar', en: 'None of the requested formats is available' } },
  conflict: { status: 409, title: { nl: 'De wijziging botst met de huidige toestand', en: 'The change conflicts with the current state' } },
  'still-referenced': { status: 409, title: { nl: 'Andere gegevens verwijzen hier nog naar', en: 'Other entities still refer to this one' } },
  'idempotency-reuse': { status: 409, title: { nl: 'Deze Idempotency-Key is al voor een ander verzoek gebruikt', en: 'Idempotency-Key already used for another request' } },
  gone: { status: 410, title: { nl: 'Verwijderd', en: 'Gone' } },
  'precondition-failed': { status: 412, title: { nl: 'Intussen gewijzigd', en: 'Changed in the meantime' } },
  'too-large': { status: 413, title: { nl: 'Te groot', en: 'Too large' } },
  'unsupported-media-type': { status: 415, title: { nl: 'Dit bestandsformaat kennen wij niet', en: 'Unsupported media type' } },
  'shapes-violated': { status: 422, title: { nl: 'De gegevens voldoen niet aan de regels', en: 'The data violate the shapes' } },
  'shapes-invalid': { status: 422, title: { nl: 'De regels zelf zijn niet geldig', en: 'The shapes are not valid' } },
  'foreign-quads': { status: 422, title: { nl: 'Het document beschrijft ook iets anders', en: 'The document describes something else too' } },
  'too-many-requests': { status: 429, title: { nl: 'Te veel verzoeken', en: 'Too many requests' } },
  internal: { status: 500, title: { nl: 'Er liep iets mis bij ons', en: 'Something went wrong on our side' } },
  'source-unavailable': { status: 502, title: { nl: 'Een andere bron antwoordt niet goed', en: 'Another source does not answer well' } },
  busy: { status: 503, title: { nl: 'Te druk, probeer straks opnieuw', en: 'Busy, try again shortly' } },
  'engine-failed': { status: 503, title: { nl: 'De vraagmotor kan dit niet uitvoeren', en: 'The query engine cannot evaluate this' } },
  'query-timeout': { status: 503, title: { nl: 'De vraag duurde te lang', en: 'The query took too long' } },
  'reading-timeout': { status: 503, title: { nl: 'Het lezen van het document duurde te lang', en: 'Reading the document took too long' } },
  'validation-timeout': { status: 503, title: { nl: 'De controle duurde te lang', en: 'The validation took too long' } },
  'write-timeout': { status: 503, title: { nl: 'De wijziging duurde te lang', en: 'The update took too long' } },
  'read-only': { status: 503, title: { nl: 'Schrijven kan nu niet', en: 'Writing is not possible now' } },
  'memory-limit': { status: 507, title: { nl: 'Het geheugen is vol', en: 'The memory limit is reached' } },
  'storage-full': { status: 507, title: { nl: 'De schijf is vol', en: 'The disk is full' } },
} as const satisfies Record<string, FaultKind>;

export type FaultCode = keyof typeof faultKinds;

/** What travels between threads and becomes a problem document; plain data only. */
export interface FaultData {
  readonly code: FaultCode;
  readonly detail: Text;
  readonly place?: Place;
  /** Further members of the problem document (RFC 9457 §3.2); plain JSON. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Seconds for Retry-After (RFC 9110 §10.2.3). */
  readonly retryAfter?: number;
}

/**
 * The one error class of the service: thrown for faults, never for expected outcomes (those are unions).
 * `detail` says what was wrong and what to do, in both languages.
 */
export class Fault extends Error {
  readonly data: FaultData;

  constructor(
    code: FaultCode,
    detail: Text,
    options: Omit<FaultData, 'code' | 'detail'> & { readonly cause?: unknown } = {},
  ) {
    const { cause, ...rest } = options;
    super(`${code}: ${detail.en}`, cause === undefined ? undefined : { cause });
    this.name = 'Fault';
    this.data = { code, detail, ...rest };
  }

  get code(): FaultCode {
    return this.data.code;
  }

  get status(): number {
    return faultKinds[this.data.code].status;
  }

  /** Rebuilds a fault that crossed a thread border as data. */
  static from(data: FaultData): Fault {
    const { code, detail, ...rest } = data;
    return new Fault(code, detail, rest);
  }
}
