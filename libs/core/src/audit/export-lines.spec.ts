import type { AuditEvent } from './audit-event.entity';
import { csvCell, exportLines, type ExportFormat } from './export-lines';

const event = {
  id: 'AUD-1',
  seq: 1,
  at: new Date('2026-02-03T04:05:06.789Z'),
  action: 'deleted',
  actorKind: 'user',
  actorId: 'USR-1',
  projectId: 'PRJ-1',
  assetId: 'AST-1',
  requestId: null,
  result: 'success',
  reason: null,
  details: { file_size: 12 },
  personal: { ip: '192.0.2.7', user_agent: '=cmd|calc', name: 'A "boat", at sea' },
} satisfies AuditEvent;

async function exported(events: AuditEvent[], format: ExportFormat): Promise<string> {
  let text = '';
  for await (const piece of exportLines(
    (async function* () {
      yield* events;
    })(),
    format,
  ))
    text += piece;
  return text;
}

test('NDJSON has the event as the API answers it, a line each', async () => {
  const [line = '', ...rest] = (await exported([event], 'ndjson')).split('\n');
  expect(rest).toEqual(['']);
  expect(JSON.parse(line)).toMatchObject({
    id: 'AUD-1',
    at: '2026-02-03T04:05:06.789Z',
    actor: { kind: 'user', id: 'USR-1' },
    ip: '192.0.2.7',
    details: { file_size: 12, name: 'A "boat", at sea' },
    erased: false,
  });
});

test('CSV has a head, and a line each, quoted as RFC 4180 says', async () => {
  expect(await exported([event], 'csv')).toBe(
    [
      'id,at,action,actor_kind,actor_id,project_id,asset_id,ip,user_agent,request_id,result,reason,details,erased',
      `AUD-1,2026-02-03T04:05:06.789Z,deleted,user,USR-1,PRJ-1,AST-1,192.0.2.7,'=cmd|calc,,success,,` +
        `"{""file_size"":12,""name"":""A \\""boat\\"", at sea""}",false`,
      '',
    ].join('\r\n'),
  );
});

test('an erased event tells that, and nothing of people', async () => {
  const [line = ''] = (await exported([{ ...event, personal: null }], 'ndjson')).split('\n');
  expect(JSON.parse(line)).toMatchObject({
    ip: null,
    user_agent: null,
    details: { file_size: 12 },
    erased: true,
  });
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '\nx'])(
  '%j is no formula in the export',
  (value) => {
    expect(csvCell(value).replaceAll('"', '')).toBe(`'${value}`);
  },
);

test('what is harmless stays as it is', () => {
  expect(csvCell('a=b')).toBe('a=b');
  expect(csvCell(null)).toBe('');
});
