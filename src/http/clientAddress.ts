import ipaddr from 'ipaddr.js';

/**
 * Who counts as one client: an IPv4 address, or the /64 of an IPv6 one, since that is what one subscriber has
 * (RFC 6177 §2). With whole addresses, limits for each client would be limits for nobody there.
 */
export function clientOf(address: string | undefined): string {
  if (address === undefined || !ipaddr.isValid(address)) return '';
  const parsed = ipaddr.process(address);
  return parsed instanceof ipaddr.IPv6 ? `${parsed.parts.slice(0, 4).map((part) => part.toString(16)).join(':')}::/64` : parsed.toString();
}
