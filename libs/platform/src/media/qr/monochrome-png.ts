import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const compress = promisify(deflate);

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const NO_FILTER = 0;

/**
 * A square PNG of one bit a pixel, black where `isDark`. https://www.w3.org/TR/png-3/
 * Written here because the API makes QR codes too: libvips would cost each of its processes 20 MB.
 */
export async function monochromePng(
  size: number,
  isDark: (x: number, y: number) => boolean,
): Promise<Buffer> {
  const stride = 1 + Math.ceil(size / 8);
  const rows = Buffer.alloc(stride * size, 0xff);
  for (let y = 0; y < size; y += 1) {
    rows[y * stride] = NO_FILTER;
    for (let x = 0; x < size; x += 1) {
      if (isDark(x, y)) rows[y * stride + 1 + (x >> 3)]! &= ~(0x80 >> (x & 7));
    }
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header(size)),
    chunk('IDAT', await compress(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** One bit of grey, no interlacing. */
function header(size: number): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(size, 0);
  data.writeUInt32BE(size, 4);
  data.writeUInt8(1, 8);
  return data;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
