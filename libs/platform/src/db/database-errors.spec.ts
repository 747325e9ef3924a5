import { Client } from 'pg';
import { isDatabaseUnavailable, sqlState } from './database-errors';

const failure = (facts: object) => Object.assign(new Error('failed'), facts);

test('the state of a wrapped driver error is found', () => {
  expect(sqlState(failure({ driverError: { code: '23505' } }))).toBe('23505');
});

test('a code of the operating system is no SQLSTATE', () => {
  expect(sqlState(failure({ code: 'ECONNREFUSED' }))).toBeUndefined();
});

test.each(['08006', '53300', '57P01', '57P03', '57014'])('%s means the database is away', (code) => {
  expect(isDatabaseUnavailable(failure({ driverError: { code } }))).toBe(true);
});

test.each(['23505', '22P02', '42601', '40001'])('%s is the query’s own fault', (code) => {
  expect(isDatabaseUnavailable(failure({ driverError: { code } }))).toBe(false);
});

test('a port where nobody listens is a database that is away', async () => {
  const client = new Client({ host: '127.0.0.1', port: 1 });
  const error: unknown = await client.connect().catch((thrown: unknown) => thrown);
  expect(isDatabaseUnavailable(error)).toBe(true);
});

test('an ordinary error is not', () => {
  expect(isDatabaseUnavailable(new Error('x is not a function'))).toBe(false);
});
