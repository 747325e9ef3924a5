import { isIPv6 } from 'node:net';
import type { Origin } from '@slipway/core/shared/principal';

const BLOCK_BITS = 64;
const GROUP_BITS = 16;
const GROUPS = 8;

/** `::ffff:192.0.2.1`, as a socket that listens on both families names a caller of the older one. */
const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

const groupsOf = (text: string): string[] => (text === '' ? [] : text.split(':'));

/**
 * What one caller can have of addresses: an IPv4 address, or the /64 of an IPv6 address, since a single line is given
 * that many (RFC 6177) and each would have a budget of its own.
 */
export function addressBlock(ip: string): string {
  const mapped = MAPPED.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(ip)) return ip;
  const [front = '', back] = ip.toLowerCase().split('%', 1)[0]?.split('::') ?? [];
  const [before, after] = [groupsOf(front), groupsOf(back ?? '')];
  const zeros = Array<string>(Math.max(0, GROUPS - before.length - after.length)).fill('0');
  const block = [...before, ...zeros, ...after].slice(0, BLOCK_BITS / GROUP_BITS);
  return `${block.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/${BLOCK_BITS}`;
}

/** Of a caller; all whose address is not known share one. */
export const blockOf = ({ ip }: Origin): string => addressBlock(ip ?? '');
