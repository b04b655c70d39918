import { Fault, faultKinds, type FaultCode } from '../faults.js';
import { problem } from './documents.js';

function isCode(code: string | undefined): code is FaultCode {
  return code !== undefined && Object.hasOwn(faultKinds, code);
}

/** Something answers at the address, but not a service of ours. */
export function elsewhere(url: string, status: number): Fault {
  return new Fault(codeOfStatus(status), {
    nl: `Op ${url} antwoordt iets anders dan Regiograaf (HTTP ${status}). Kijk het adres (--url) na.`,
    en: `Something other than Regiograaf answers at ${url} (HTTP ${status}). Check the address (--url).`,
  });
}

/** Addresses of a service that people copy are often those of a page of it. */
export function beyondRoot(fault: Fault, url: string): Fault {
  const { nl, en } = fault.data.detail;
  const { origin } = new URL(url);
  return new Fault(fault.code, { nl: `${nl} Geef met --url het adres van de startpagina, bijvoorbeeld ${origin}/.`, en: `${en} Give the address of the home page with --url, for instance ${origin}/.` }, { extra: fault.data.extra ?? {}, cause: fault });
}

/** A token is missing or no longer taken, in options of the command line. */
export function unauthorised(fault: Fault, token: string | undefined): Fault {
  const text =
    token === undefined
      ? { nl: 'Hiervoor is een token nodig. Geef het met --token, of zet het in REGIOGRAAF_TOKEN.', en: 'This needs a token. Give it with --token, or put it in REGIOGRAAF_TOKEN.' }
      : { nl: 'Dit token is niet (meer) geldig. Geef een ander met --token of REGIOGRAAF_TOKEN, of vraag er een aan de beheerder.', en: 'This token is not or no longer valid. Give another with --token or REGIOGRAAF_TOKEN, or ask the administrator for one.' };
  return new Fault('unauthorised', text, { extra: fault.data.extra ?? {}, cause: fault });
}

/** A proxy may have taken the document away: the status says the least. */
function codeOfStatus(status: number): FaultCode {
  const known: Readonly<Record<number, FaultCode>> = { 400: 'bad-request', 401: 'unauthorised', 403: 'forbidden', 404: 'not-found', 409: 'conflict', 412: 'precondition-failed', 413: 'too-large', 429: 'too-many-requests', 503: 'busy' };
  return known[status] ?? 'internal';
}

/** The problem document of an answer (RFC 9457) as the fault it was on the other side. */
export async function faultOf(response: Response, url: string): Promise<Fault> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return elsewhere(url, response.status);
  }
  const { detail, title, code, line, column, jsonPath, expected, file } = problem.catch({}).parse(body);
  const said = detail ?? title ?? `HTTP ${response.status}`;
  const place = {
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
    ...(jsonPath === undefined ? {} : { jsonPath }),
    ...(expected === undefined ? {} : { expected }),
    ...(file === undefined ? {} : { file }),
  };
  const extra = typeof body === 'object' && body !== null ? { ...body } : {};
  return new Fault(isCode(code) ? code : codeOfStatus(response.status), { nl: said, en: said }, { place, extra });
}
