import type { Answer } from '../../support/http-world';

const INSIDES = /\bat .+:\d+:\d+|node_modules|\bselect \w|\binsert into|QueryFailed|pg_|\.ts\b/;

/** What every refused attack has in common: a coded problem, never a 500, and nothing of our insides. */
export function expectRefusal(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body['code']]).toEqual([status, code]);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  // The path of the call is the caller's own words.
  const { instance: _, ...ours } = answer.body;
  expect(JSON.stringify(ours)).not.toMatch(INSIDES);
}
