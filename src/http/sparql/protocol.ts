import type { Request } from 'express';
import { Fault } from '../../faults.js';
import type { QueryRequest } from '../../graph/api.js';
import { checkIri } from '../../rdf/iri.js';
import { bodyText, contentType, tooLarge } from '../body.js';
import { fields } from '../context.js';
import { Fields, parseForm, wholeNumber } from '../form.js';
import { sparqlKind } from './kind.js';
import { askedTimeout } from './timeout.js';

/** A query or update as the SPARQL 1.1 Protocol brings it (§2.1, §2.2): the text and the parameters beside it. */
export interface Asked {
  readonly text: string;
  readonly parameters: Fields;
}

const form = 'application/x-www-form-urlencoded';

function wrongType(type: string, possible: readonly string[]): Fault {
  return new Fault('unsupported-media-type', {
    nl: `Content-Type "${type}" kan hier niet. Gebruik ${possible.join(' of ')}.`,
    en: `Content-Type "${type}" is not possible here. Use ${possible.join(' or ')}.`,
  });
}

function misplaced(found: string, path: string): Fault {
  return new Fault('bad-request', {
    nl: `Dit is een ${found}. Stuur die naar ${path}.`,
    en: `This is a SPARQL ${found === 'vraag' ? 'query' : 'update'}. Send it to ${path}.`,
  });
}

/** The text of a form field that must be given exactly once. */
function required(parameters: Fields, name: 'query' | 'update'): string {
  const text = parameters.one(name);
  if (text === undefined) {
    throw new Fault('bad-request', { nl: `De parameter "${name}" ontbreekt.`, en: `Parameter "${name}" is missing.` });
  }
  return withoutMark(text);
}

/** A byte order mark at the start of a text, which editors put into files, is none of it (Unicode §23.8). */
function withoutMark(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

/** What a POST brought. */
export interface Posted extends Asked {
  readonly operation: 'query' | 'update';
}

const directTypes: Readonly<Record<string, Posted['operation']>> = { 'application/sparql-query': 'query', 'application/sparql-update': 'update' };
/** Parameters of the one operation say nothing to the other: whoever sends them expects something else to happen. */
const foreign: Readonly<Record<Posted['operation'], readonly string[]>> = {
  query: ['update', 'using-graph-uri', 'using-named-graph-uri'],
  update: ['query', 'default-graph-uri', 'named-graph-uri'],
};

function refuseForeign(operation: Posted['operation'], parameters: Fields): void {
  const name = foreign[operation].find((key) => parameters.has(key));
  if (name === undefined) return;
  throw new Fault('bad-request', {
    nl: `De parameter "${name}" hoort niet bij een ${operation === 'query' ? 'vraag' : 'wijziging'}.`,
    en: `Parameter "${name}" does not go with ${operation === 'query' ? 'a query' : 'an update'}.`,
  });
}

/**
 * Reads a POST, direct or as a form (§2.1.2, §2.1.3, §2.2.1, §2.2.2). Direct requests carry their parameters in the
 * query string, forms in the body; those of the dataset may also stand in the address of a form.
 */
export async function readPost(req: Request, limits: { readonly query: number; readonly update: number }, usual: Posted['operation']): Promise<Posted> {
  const type = contentType(req);
  const address = fields(req);
  const direct = directTypes[type];
  if (direct !== undefined) {
    refuseForeign(direct, address);
    if (address.has(direct)) throw twice(direct);
    return { operation: direct, text: await bodyText(req, limits[direct]), parameters: address };
  }
  if (type !== form) throw wrongType(type, [...Object.keys(directTypes), form]);
  const parameters = new Fields([...parseForm(await bodyText(req, Math.max(limits.query, limits.update))).entries, ...address.entries]);
  const operation = parameters.has('update') ? 'update' : parameters.has('query') ? 'query' : usual;
  refuseForeign(operation, parameters);
  const text = required(parameters, operation);
  if (text.length > limits[operation]) throw tooLarge(limits[operation]);
  return { operation, text, parameters };
}

function twice(name: Posted['operation']): Fault {
  return new Fault('bad-request', {
    nl: `De parameter "${name}" kan niet samen met een tekst in het verzoek zelf. Geef er één.`,
    en: `Parameter "${name}" cannot go with a text in the body. Give one of them.`,
  });
}

/** The query of a GET (§2.1.1); undefined without one (a form page or the service description). */
export function readGet(req: Request): Asked | undefined {
  const parameters = fields(req);
  if (parameters.has('update')) {
    throw new Fault('bad-request', {
      nl: 'Een wijziging kan niet met GET. Stuur ze met POST naar /sparql/update.',
      en: 'An update cannot be sent with GET. Send it with POST to /sparql/update.',
    });
  }
  const text = parameters.one('query');
  if (text === undefined) return undefined;
  refuseForeign('query', parameters);
  return checked({ text: withoutMark(text), parameters });
}

/** A query whose text is not plainly an update. */
export function checked(asked: Asked): Asked {
  if (sparqlKind(asked.text) === 'update') throw misplaced('wijziging', '/sparql/update');
  return asked;
}

/** The text of an update; a text that is plainly a query is pointed to its own address. */
export function checkedUpdate(asked: Asked): Asked {
  const kind = sparqlKind(asked.text);
  if (kind !== undefined && kind !== 'update') throw misplaced('vraag', '/sparql');
  return asked;
}

/** The graphs a parameter names; many clients send it empty when their user named none. */
export function graphsOf(parameters: Fields, name: string): readonly string[] {
  return parameters.all(name).filter((iri) => iri !== '').map(checkIri);
}

/** The dataset and options of a query (§2.1.4). */
export function queryOptions(parameters: Fields): Omit<QueryRequest, 'query' | 'resultFormat' | 'graphFormat'> {
  const defaultGraphs = graphsOf(parameters, 'default-graph-uri');
  const namedGraphs = graphsOf(parameters, 'named-graph-uri');
  const timeout = askedTimeout(parameters);
  const minCommit = wholeNumber(parameters, 'min-commit', { min: 0, max: Number.MAX_SAFE_INTEGER });
  return {
    ...(defaultGraphs.length > 0 ? { defaultGraphs } : {}),
    ...(namedGraphs.length > 0 ? { namedGraphs } : {}),
    ...(parameters.one('bronstatus') === 'alle' ? { withProposals: true } : {}),
    ...(timeout === undefined ? {} : { timeout }),
    ...(minCommit === undefined ? {} : { minCommit }),
  };
}
