import {
  describeActor,
  describeDeed,
  describeDetails,
  describeEvent,
  describeRefusal,
} from './describe-event';

describe('an event of the audit trail in words', () => {
  const actor = { kind: 'user', id: 'USR-1' } as const;
  const fine = { action: 'accessed', actor, result: 'success', details: {} } as const;

  it('says what was done, also where it is newer than this page', () => {
    expect(describeDeed({ action: 'accessed' })).toBe('got a link to the file');
    expect(describeDeed({ action: 'moved_to_the_moon' })).toBe('moved to the moon');
  });

  it('names who did it, by the kind where no name is known', () => {
    expect(describeActor({ kind: 'user', id: 'USR-1' }, 'Ada')).toBe('Ada');
    expect(describeActor({ kind: 'api_key', id: 'KEY-1' })).toBe('API key KEY-1');
    expect(describeActor({ kind: 'system', id: 'system' })).toBe('The system');
  });

  it('tells the details that there are', () => {
    const details = { purpose: 'download', file_size: 12, rendition: null };
    expect(describeDetails({ ...fine, details })).toBe('purpose: download · file size: 12');
    expect(describeDetails(fine)).toBe('');
  });

  it('never says that somebody did what was refused', () => {
    const refused = { ...fine, result: 'refused' } as const;
    expect(describeEvent(fine, 'Ada')).toBe('Ada got a link to the file');
    expect(describeEvent(refused, 'Ada')).toBe('Ada was turned away');
    expect(describeDetails(refused)).toBe('wanted: accessed');
    expect(describeRefusal({ reason: 'asset_withheld' })).toBe('Refused: asset withheld');
  });
});
