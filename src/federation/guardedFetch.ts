import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request, type Dispatcher } from 'undici';
import { Fault } from '../faults.js';
import { HostList, isPublicAddress } from './addresses.js';

export interface GuardedFetchOptions {
  /** Hosts that may be asked (`HostList`); with none, nothing is fetched. */
  readonly allow: readonly string[];
  /** Hosts that may be asked although their address is not public: for an operator who wants an internal one. */
  readonly allowPrivate?: readonly string[];
  /** Milliseconds for everything together. */
  readonly timeout?: number;
  readonly maxBytes?: number;
  /** Resolves names; the system's by default. */
  readonly resolve?: typeof systemLookup;
}

export interface Fetched {
  /** Where the document came from, after redirects: its base. */
  readonly url: string;
  /** Media type without parameters; '' when the answer has none. */
  readonly mediaType: string;
  readonly body: AsyncIterable<Uint8Array>;
}

const maxRedirects = 5;
const redirects = new Set([301, 302, 303, 307, 308]);
const defaults = { timeout: 30_000, maxBytes: 100_000_000 };

/**
 * The one way in which the service fetches from others. It asks only hosts on a list, only over http and https, and
 * only at public addresses, checked on the address that is connected to, so that a name cannot point elsewhere after
 * it was checked; each redirect is judged anew. It sends nothing that says who asks.
 */
export class GuardedFetch {
  readonly #allow: HostList;
  readonly #allowPrivate: HostList;
  readonly #timeout: number;
  readonly #maxBytes: number;
  readonly #public: Agent;
  readonly #any: Agent;

  constructor({ allow, allowPrivate = [], timeout = defaults.timeout, maxBytes = defaults.maxBytes, resolve = systemLookup }: GuardedFetchOptions) {
    this.#allow = new HostList(allow);
    this.#allowPrivate = new HostList(allowPrivate);
    this.#timeout = timeout;
    this.#maxBytes = maxBytes;
    const agent = (accepts: (address: string) => boolean): Agent =>
      new Agent({ connect: { lookup: guardedLookup(resolve, accepts), timeout }, headersTimeout: timeout, bodyTimeout: timeout, pipelining: 0, connections: 8 });
    this.#public = agent(isPublicAddress);
    this.#any = agent(() => true);
  }

  /**
   * Fetches a document; the body is read by the caller, under the same limits.
   * @throws Fault address-refused (not allowed), source-unavailable, too-large.
   */
  async fetch(iri: string, accept: string): Promise<Fetched> {
    const signal = AbortSignal.timeout(this.#timeout);
    let url = readUrl(iri);
    for (let hops = 0; ; hops += 1) {
      const answer = await this.#ask(url, accept, signal);
      const { statusCode, headers, body } = answer;
      const location = single(headers['location']);
      if (redirects.has(statusCode) && location !== undefined) {
        drop(body);
        if (hops === maxRedirects) throw unavailable(iri, 'te veel doorverwijzingen', 'too many redirects');
        url = readUrl(location, url);
        continue;
      }
      if (statusCode !== 200) {
        drop(body);
        throw unavailable(iri, `status ${statusCode}`, `status ${statusCode}`);
      }
      const coding = single(headers['content-encoding'])?.toLowerCase() ?? 'identity';
      if (coding !== 'identity' || Number(single(headers['content-length']) ?? 0) > this.#maxBytes) {
        drop(body);
        throw coding === 'identity' ? tooLarge(iri, this.#maxBytes) : unavailable(iri, `codering ${coding}`, `coding ${coding}`);
      }
      return { url: url.href, mediaType: mediaTypeOf(single(headers['content-type'])), body: bounded(iri, body, this.#maxBytes) };
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#public.destroy(), this.#any.destroy()]);
  }

  async #ask(url: URL, accept: string, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
    const isPrivateAllowed = this.#allowPrivate.has(url);
    if (!isPrivateAllowed && !this.#allow.has(url)) throw refused(url);
    // A name is judged when it is resolved; an address is connected to without that.
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (!isPrivateAllowed && isIP(literal) !== 0 && !isPublicAddress(literal)) throw refused(url);
    try {
      return await request(url, {
        method: 'GET',
        dispatcher: isPrivateAllowed ? this.#any : this.#public,
        headers: { accept, 'accept-encoding': 'identity', 'user-agent': 'regiograaf' },
        signal,
      });
    } catch (error) {
      throw asFault(url.href, error);
    }
  }
}

/** An answer whose body nobody reads: giving it up is an error to the library, not to us. */
function drop(body: Dispatcher.ResponseData['body']): void {
  body.on('error', () => undefined);
  body.destroy();
}

/** An error of the lookup below. */
class NotPublic extends Error {}

function guardedLookup(resolve: typeof systemLookup, accepts: (address: string) => boolean): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, found) => {
      const addresses: readonly LookupAddress[] = error ? [] : found;
      const [first] = addresses;
      // One address that is not public makes the whole answer suspect.
      if (error || first === undefined) done(error ?? new Error('no address'), '', 4);
      else if (!addresses.every(({ address }) => accepts(address))) done(new NotPublic(hostname), '', 4);
      else if (options.all) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };
}

function readUrl(iri: string, base?: URL): URL {
  const url = URL.parse(iri, base?.href);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '' || url.password !== '') {
    throw new Fault('address-refused', {
      nl: `${iri.slice(0, 200)} kan niet worden opgehaald: alleen adressen met http of https, zonder naam en wachtwoord.`,
      en: `${iri.slice(0, 200)} cannot be fetched: only http and https addresses without user name and password.`,
    });
  }
  return url;
}

async function* bounded(iri: string, body: AsyncIterable<Uint8Array>, maxBytes: number): AsyncIterable<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(iri, maxBytes);
      yield chunk;
    }
  } catch (error) {
    throw asFault(iri, error);
  }
}

function single(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : header?.[0];
}

function mediaTypeOf(header: string | undefined): string {
  return header?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function refused({ href, host }: URL): Fault {
  return new Fault('address-refused', {
    nl: `${href.slice(0, 200)} wordt niet opgehaald: de dienst mag ${host} niet bevragen. De beheerder stelt in welke adressen mogen (FETCH_ALLOW).`,
    en: `${href.slice(0, 200)} is not fetched: the service may not ask ${host}. The operator sets which hosts are allowed (FETCH_ALLOW).`,
  });
}

function unavailable(iri: string, nl: string, en: string, cause?: unknown): Fault {
  return new Fault('source-unavailable', { nl: `${iri.slice(0, 200)} kon niet worden opgehaald: ${nl}.`, en: `${iri.slice(0, 200)} could not be fetched: ${en}.` }, { cause });
}

function tooLarge(iri: string, maxBytes: number): Fault {
  return new Fault('too-large', {
    nl: `${iri.slice(0, 200)} is groter dan ${Math.round(maxBytes / 1e6)} MB.`,
    en: `${iri.slice(0, 200)} is larger than ${Math.round(maxBytes / 1e6)} MB.`,
  });
}

function asFault(iri: string, error: unknown): Fault {
  if (error instanceof Fault) return error;
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) if (cause instanceof NotPublic) return refused(new URL(iri));
  const isLate = error instanceof Error && (error.name === 'TimeoutError' || /TIMEOUT/.test('code' in error ? String(error.code) : ''));
  return isLate ? unavailable(iri, 'het duurde te lang', 'it took too long', error) : unavailable(iri, 'geen antwoord', 'no answer', error);
}
