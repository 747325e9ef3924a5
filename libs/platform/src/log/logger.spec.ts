import { createLogger } from './logger';
import { readableLine } from './readable-line';

const SIGNED =
  'http://storage.example.com/b/k.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=900&X-Amz-Signature=0a1b2c&x-id=PutObject';

function capture(level: 'info' | 'debug' = 'info') {
  const lines: string[] = [];
  const logger = createLogger({ level, name: 'api', stream: { write: (line) => void lines.push(line) } });
  const entries = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { logger, lines, entries };
}

describe('The log', () => {
  it('is a line of JSON an entry, from the level on', () => {
    const { logger, entries } = capture();
    logger.debug('not this');
    logger.info({ assetId: 'AST-1' }, 'published');
    expect(entries()).toEqual([
      expect.objectContaining({ level: 30, name: 'api', assetId: 'AST-1', msg: 'published' }),
    ]);
  });

  it('hides the query of a signed URL in fields, messages and errors', () => {
    const { logger, lines } = capture();
    logger.info({ upload: { url: SIGNED } }, `PUT ${SIGNED} refused`);
    logger.error(new Error(`no answer from ${SIGNED}`));
    expect(lines.join('')).not.toMatch(/X-Amz-|0a1b2c/);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      upload: { url: 'http://storage.example.com/b/k.png?[signed]' },
      msg: 'PUT http://storage.example.com/b/k.png?[signed] refused',
    });
  });

  it('hides tokens, cookies and passwords, and stays JSON', () => {
    const { logger, lines, entries } = capture();
    logger.info(
      {
        req: {
          headers: { authorization: 'Basic "dXNlcjpwYXNz"', Cookie: 'session=topsecret', accept: '*/*' },
        },
        url: 'postgres://slipway:topsecret@127.0.0.1:5432/slipway',
      },
      'sent Bearer eyJhbGciOi.J9.topsecret',
    );
    expect(lines.join('')).not.toMatch(/topsecret|dXNlcjpwYXNz/);
    expect(entries()[0]).toMatchObject({
      req: { headers: { authorization: '[hidden]', Cookie: '[hidden]', accept: '*/*' } },
      url: 'postgres://slipway:[hidden]@127.0.0.1:5432/slipway',
      msg: 'sent Bearer [hidden]',
    });
  });

  it('reads well at a terminal', () => {
    const { logger, lines } = capture();
    logger.warn({ assetId: 'AST-1', ms: 12 }, 'slow');
    logger.error(new Error('gone'));
    expect(readableLine(lines[0] ?? '')).toMatch(/^\d\d:\d\d:\d\d WARN {2}api slow assetId=AST-1 ms=12\n$/);
    expect(readableLine(lines[1] ?? '')).toMatch(/^\d\d:\d\d:\d\d ERROR api gone\nError: gone\n {4}at /);
  });
});
