import { areNone } from '../../ui/form-faults';
import { checkTier, tierInputOf, tierValuesOf } from './tier-values';

const tier = {
  name: 'crew',
  max_bytes: 5 * 1024 ** 3,
  max_file_size: 1024 ** 3,
  max_files: 1000,
  max_project_bytes: null,
  max_project_files: null,
  requests_per_minute: null,
  max_access_url_seconds: 3600,
  users: 2,
};

describe('a tier in a form', () => {
  it('is sent as it came where nothing was changed', () => {
    const { name: _, users: __, ...limits } = tier;
    expect(tierInputOf(tierValuesOf(tier), tier)).toEqual(limits);
    expect(areNone(checkTier(tierValuesOf(tier)))).toBe(true);
  });

  it('asks for everything but what may be left to the configuration', () => {
    expect(Object.keys(checkTier(tierValuesOf(null)).fields)).toEqual(['name', 'max_bytes', 'max_file_size']);
  });

  it.each([
    ['max_bytes', 'a lot'],
    ['max_access_url_seconds', '1.5'],
    ['requests_per_minute', '0'],
  ])('refuses a %s of “%s”', (field, value) => {
    expect(checkTier({ ...tierValuesOf(tier), [field]: value }).fields).toHaveProperty(field);
  });
});
