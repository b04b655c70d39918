import ipaddr from 'ipaddr.js';

/**
 * True for an address that anybody on the internet may reach: not of this machine, this network, a link, a group, a
 * tunnel or a reservation (RFC 6890). An IPv4 address inside an IPv6 one counts as itself.
 */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  return ipaddr.process(text).range() === 'unicast';
}

/** A host as allow-lists name it: a name or address, optionally with a port; `*.name` is every host below a name. */
export class HostList {
  readonly #entries: readonly string[];

  constructor(entries: readonly string[]) {
    this.#entries = entries.map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== '');
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** Without a port an entry stands for the ordinary port of the scheme only. */
  has({ hostname, host, port }: URL): boolean {
    return this.#entries.some((entry) => {
      if (entry === '*') return port === '';
      if (!entry.startsWith('*.')) return entry === host.toLowerCase();
      return port === '' && hostname.toLowerCase().endsWith(entry.slice(1));
    });
  }
}
