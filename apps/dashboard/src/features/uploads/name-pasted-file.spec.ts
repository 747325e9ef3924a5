import { namePastedFile } from './name-pasted-file';

const now = new Date(2026, 10, 3, 9, 5, 7);

describe('name of a pasted file', () => {
  it('tells pasted pictures apart by the moment', () => {
    const named = namePastedFile(new File(['x'], 'image.png', { type: 'image/png' }), now);
    expect(named.name).toBe('Pasted 2026-11-03 09.05.07.png');
    expect(named.type).toBe('image/png');
  });

  it('keeps a name that was given', () => {
    const file = new File(['x'], 'chart.png', { type: 'image/png' });
    expect(namePastedFile(file, now)).toBe(file);
  });
});
