import ipaddr from 'ipaddr.js';

/** All that IANA has given out of IPv6 for the public; what lies beyond may mean anything somewhere. RFC 4291 §2.4 */
const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an address is one host of the public internet: not this machine, not this network, not many at once, and none
 * of those that carry an IPv4 address inside, which a gateway on the way might unpack (IPv4-mapped, NAT64, 6to4, Teredo).
 * https://www.iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry
 */
export function isGlobalAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_IPV6);
}
