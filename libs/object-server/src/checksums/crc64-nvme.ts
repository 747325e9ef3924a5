import type { Hasher } from './hasher';

/** Polynomial of the NVMe specification with its bits reversed, as two halves: JavaScript has no fast 64-bit integers. */
const HIGH = 0x9a6c9329;
const LOW = 0xac4bc9b5;
const SLICES = 8;

const highs = new Int32Array(SLICES * 256);
const lows = new Int32Array(SLICES * 256);
buildTables();

/** As in crc32c.ts: the effect of a byte that is followed by 0 to 7 more. */
function buildTables(): void {
  for (let byte = 0; byte < 256; byte++) {
    let high = 0;
    let low = byte;
    for (let bit = 0; bit < 8; bit++) {
      const odd = low & 1;
      low = (low >>> 1) | (high << 31);
      high >>>= 1;
      if (odd) {
        high ^= HIGH;
        low ^= LOW;
      }
    }
    highs[byte] = high;
    lows[byte] = low;
  }
  for (let index = 256; index < highs.length; index++) {
    const high = highs[index - 256]!;
    const low = lows[index - 256]!;
    highs[index] = (high >>> 8) ^ highs[low & 0xff]!;
    lows[index] = ((low >>> 8) | (high << 24)) ^ lows[low & 0xff]!;
  }
}

/** CRC-64/NVME, which aws-cli sends by default. */
export class Crc64Nvme implements Hasher {
  private high = -1;
  private low = -1;

  update(bytes: Uint8Array): void {
    let { high, low } = this;
    let index = 0;
    for (const last = bytes.length - SLICES; index <= last; index += SLICES) {
      low ^= bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16) | (bytes[index + 3]! << 24);
      high ^=
        bytes[index + 4]! | (bytes[index + 5]! << 8) | (bytes[index + 6]! << 16) | (bytes[index + 7]! << 24);
      const a = 1792 + (low & 0xff);
      const b = 1536 + ((low >>> 8) & 0xff);
      const c = 1280 + ((low >>> 16) & 0xff);
      const d = 1024 + (low >>> 24);
      const e = 768 + (high & 0xff);
      const f = 512 + ((high >>> 8) & 0xff);
      const g = 256 + ((high >>> 16) & 0xff);
      const h = high >>> 24;
      low = lows[a]! ^ lows[b]! ^ lows[c]! ^ lows[d]! ^ lows[e]! ^ lows[f]! ^ lows[g]! ^ lows[h]!;
      high = highs[a]! ^ highs[b]! ^ highs[c]! ^ highs[d]! ^ highs[e]! ^ highs[f]! ^ highs[g]! ^ highs[h]!;
    }
    for (; index < bytes.length; index++) {
      const entry = (low ^ bytes[index]!) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ lows[entry]!;
      high = (high >>> 8) ^ highs[entry]!;
    }
    this.high = high;
    this.low = low;
  }

  digest(): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32BE(~this.high, 0);
    bytes.writeInt32BE(~this.low, 4);
    return bytes;
  }
}
