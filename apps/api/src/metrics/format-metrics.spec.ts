import { formatMetrics } from './format-metrics';

test('each metric has its help, its type and a line for each sample', () => {
  const text = formatMetrics([
    {
      name: 'slipway_jobs',
      help: 'Jobs by name.',
      samples: [{ labels: { job: 'a', state: 'due' }, value: 2 }],
    },
    { name: 'slipway_used_bytes', help: 'Stored.', samples: [{ value: 5_368_709_120 }] },
    { name: 'slipway_none', help: 'Nothing yet.', samples: [] },
  ]);
  expect(text.split('\n')).toEqual([
    '# HELP slipway_jobs Jobs by name.',
    '# TYPE slipway_jobs gauge',
    'slipway_jobs{job="a",state="due"} 2',
    '# HELP slipway_used_bytes Stored.',
    '# TYPE slipway_used_bytes gauge',
    'slipway_used_bytes 5368709120',
    '# HELP slipway_none Nothing yet.',
    '# TYPE slipway_none gauge',
    '',
  ]);
});

test('what would end a label early is escaped', () => {
  const samples = [{ labels: { name: 'a"b\\c\nd' }, value: 1 }];
  expect(formatMetrics([{ name: 'm', help: 'h', samples }])).toContain('m{name="a\\"b\\\\c\\nd"} 1\n');
});
