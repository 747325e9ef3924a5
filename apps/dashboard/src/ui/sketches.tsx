import type { ReactNode } from 'react';
import type { FileKind } from './file-kind';

/** Drawn with three inks, so that one drawing serves both colour schemes. */
const paper = {
  fill: 'var(--paper)',
  stroke: 'var(--sketch)',
  strokeWidth: 1.6,
  strokeLinejoin: 'round',
} as const;
const line = { fill: 'none', stroke: 'var(--sketch)', strokeWidth: 1.6, strokeLinecap: 'round' } as const;
const faint = { ...line, stroke: 'var(--sketch-soft)', strokeWidth: 2.4 } as const;
const accent = { ...line, stroke: 'var(--tide)', strokeWidth: 1.8, strokeLinejoin: 'round' } as const;

const sheet = (
  <path
    {...paper}
    d="M38 12h33l13 13v49a4 4 0 0 1-4 4H38a4 4 0 0 1-4-4V16a4 4 0 0 1 4-4zM71 12v9a4 4 0 0 0 4 4h9"
  />
);

const SKETCHES: Record<FileKind, ReactNode> = {
  model: (
    <>
      <path {...faint} d="M26 70q34 14 68 0M36 76q24 8 48 0" />
      <path {...paper} d="M60 14l26 14v30L60 72 34 58V28z" />
      <path {...line} d="M34 28l26 14 26-14M60 42v30" />
      <path {...accent} d="M47 21l26 14v16M47 65V49" />
    </>
  ),
  video: (
    <>
      <rect {...paper} x="26" y="20" width="68" height="50" rx="7" />
      <path {...faint} d="M34 29v1M34 40v1M34 51v1M34 61v1M86 29v1M86 40v1M86 51v1M86 61v1" />
      <path d="M54 34.5l17 10.5-17 10.5z" fill="var(--tide)" stroke="var(--tide)" strokeLinejoin="round" />
    </>
  ),
  audio: (
    <>
      <circle {...paper} cx="60" cy="45" r="33" />
      <path {...line} strokeWidth={3.2} d="M40 41v8M47 34v22M73 34v22M80 41v8" />
      <path {...accent} strokeWidth={3.2} d="M53.5 38v14M60 27v36M66.5 38v14" />
    </>
  ),
  pdf: (
    <>
      {sheet}
      <path {...accent} d="M43 29q8-9 8 2-1 16-9 22-3-4 8-8t16-1" transform="translate(2 1)" />
      <path {...faint} d="M42 66h34M42 60h22" />
    </>
  ),
  archive: (
    <>
      <path {...paper} d="M28 34h64v36a6 6 0 0 1-6 6H34a6 6 0 0 1-6-6z" />
      <path {...paper} d="M24 20a4 4 0 0 1 4-4h64a4 4 0 0 1 4 4v14H24z" />
      <path {...accent} d="M56 16h8M56 22h8M56 28h8" />
      <rect {...accent} x="54" y="42" width="12" height="16" rx="3" />
      <path {...accent} d="M60 50v3" />
    </>
  ),
  text: (
    <>
      {sheet}
      <path {...faint} d="M42 40h34M42 48h28M42 64h18M42 56h34" />
      <path {...accent} d="M42 30h20" />
    </>
  ),
  image: (
    <>
      <rect {...paper} x="26" y="16" width="68" height="58" rx="7" />
      <circle {...accent} cx="44" cy="33" r="6" />
      <path {...line} strokeLinejoin="round" d="M27 66l20-19 13 12 14-17 19 21" />
    </>
  ),
  other: (
    <>
      {sheet}
      <path {...accent} d="M59 38v18M52 50l7 7 7-7" />
    </>
  ),
};

export function Sketch({ kind, className }: { kind: FileKind; className?: string | undefined }) {
  return (
    <svg viewBox="16 6 88 78" className={className} aria-hidden="true">
      {SKETCHES[kind]}
    </svg>
  );
}
