import QRCode from 'qrcode';
import { monochromePng } from './monochrome-png';

/** Medium: still readable with 15 % of the symbol dirty. ISO/IEC 18004 asks for the four modules of quiet zone. */
const OPTIONS = { errorCorrectionLevel: 'M', margin: 4 } as const;

/**
 * A QR code of `text` as a PNG of `size` × `size` pixels. Modules are whole pixels, what is left over widens the quiet
 * zone: blurred edges read badly. Throws for more text than a code holds (2,331 bytes) and for a `size` below one
 * pixel a module.
 */
export async function qrCodePng(text: string, { size }: { size: number }): Promise<Buffer> {
  const { modules } = QRCode.create(text, OPTIONS);
  const scale = Math.floor(size / (modules.size + 2 * OPTIONS.margin));
  if (scale < 1) throw new RangeError(`A QR code of this text needs more than ${size} pixels.`);
  const before = Math.floor((size - modules.size * scale) / 2);
  const moduleAt = (pixel: number) => Math.floor((pixel - before) / scale);
  const isDark = (row: number, column: number) =>
    Math.max(row, column) < modules.size && Math.min(row, column) >= 0 && modules.get(row, column) === 1;
  return monochromePng(size, (x, y) => isDark(moduleAt(y), moduleAt(x)));
}

/** A QR code of `text` as an SVG document that scales to its container. Throws for more text than a code holds. */
export async function qrCodeSvg(text: string): Promise<string> {
  return QRCode.toString(text, { ...OPTIONS, type: 'svg' });
}
