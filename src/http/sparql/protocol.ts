import type { Request } from 'express';
import { Fault } from '../../faults.js';
import type { QueryRequest } from '../../graph/api.js';
import { checkIri } from '../../rdf/iri.js';
import { bodyText, contentType } from '../body.js';
import { fields } from '../context.js';
import { Fields, parseForm, wholeNumber } from '../form.js';
import { sparqlKind } from './kind.js';

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
  return text;
}

/** Reads a POST, direct or as a form. Direct requests carry their parameters in the query string, forms in the body. */
async function readPost(req: Request, name: 'query' | 'update', limit: number): Promise<Asked> {
  const type = contentType(req);
  const direct = `application/sparql-${name}`;
  if (type === direct) return { text: await bodyText(req, limit), parameters: fields(req) };
  if (type !== form) throw wrongType(type, [direct, form]);
  const parameters = parseForm(await bodyText(req, limit));
  const other = name === 'query' ? 'update' : 'query';
  if (parameters.has(other)) throw misplaced(other === 'query' ? 'vraag' : 'update', other === 'query' ? '/sparql' : '/sparql/update');
  /* Options that are not of the protocol may also stand in the address. */
  return { text: required(parameters, name), parameters: new Fields([...parameters.entries, ...fields(req).entries.filter(([key]) => key !== name)]) };
}

/** The query of a request; undefined for a GET without one (a form page or the service description). */
export async function readQuery(req: Request, limit: number): Promise<Asked | undefined> {
  const asked = req.method === 'POST' ? await readPost(req, 'query', limit) : readGet(req);
  if (asked && sparqlKind(asked.text) === 'update') throw misplaced('update', '/sparql/update');
  return asked;
}

function readGet(req: Request): Asked | undefined {
  const parameters = fields(req);
  if (parameters.has('update')) throw misplaced('update', '/sparql/update');
  const text = parameters.one('query');
  return text === undefined ? undefined : { text, parameters };
}

export async function readUpdate(req: Request, limit: number): Promise<Asked> {
  const asked = await readPost(req, 'update', limit);
  const kind = sparqlKind(asked.text);
  if (kind !== undefined && kind !== 'update') throw misplaced('vraag', '/sparql');
  return asked;
}

/** The dataset and options of a query (§2.1.4). */
export function queryOptions(parameters: Fields): Omit<QueryRequest, 'query' | 'resultFormat' | 'graphFormat'> {
  const defaultGraphs = parameters.all('default-graph-uri').map(checkIri);
  const namedGraphs = parameters.all('named-graph-uri').map(checkIri);
  const timeout = wholeNumber(parameters, 'timeout', { min: 1, max: 3_600_000 });
  const minCommit = wholeNumber(parameters, 'min-commit', { min: 0, max: Number.MAX_SAFE_INTEGER });
  return {
    ...(defaultGraphs.length > 0 ? { defaultGraphs } : {}),
    ...(namedGraphs.length > 0 ? { namedGraphs } : {}),
    ...(parameters.one('bronstatus') === 'alle' ? { withProposals: true } : {}),
    ...(timeout === undefined ? {} : { timeout }),
    ...(minCommit === undefined ? {} : { minCommit }),
  };
}
