import { isSafe, type Finding } from './ask-probes';

const LABELS = { yes: 'yes', no: 'no', unknown: '?' };

const row = ({ answer, what, need }: Finding): string =>
  `  ${LABELS[answer].padEnd(4)} ${what}${need === 'required' ? ' (required)' : ''}`;

const meaning = ({ what, answer, consequence, reason }: Finding): string =>
  answer === 'no' ? `  ${what}: no\n    → ${consequence}` : `  ${what}: unknown\n    → ${reason}`;

function verdict(findings: readonly Finding[]): string {
  if (isSafe(findings)) return 'Safe to use: everything required is there.';
  const open = findings.filter(({ need, answer }) => need === 'required' && answer !== 'yes').length;
  return `NOT safe to use: of what is required, ${open} could not be shown.`;
}

/** The whole report for people, ending with a line break; a reason that many answers share is told once. */
export function formatFindings(findings: readonly Finding[]): string {
  const others = findings.filter(
    ({ answer, reason }, index) =>
      answer !== 'yes' &&
      (reason === null || findings.findIndex((other) => other.reason === reason) === index),
  );
  const explained = others.length === 0 ? [] : ['What follows from it:', '', ...others.map(meaning), ''];
  return [...findings.map(row), '', ...explained, verdict(findings), ''].join('\n');
}
