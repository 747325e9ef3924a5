type Labels = Record<string, string>;

/** A figure as it is now; Prometheus calls it a gauge. */
export interface Metric {
  name: string;
  help: string;
  samples: { labels?: Labels; value: number }[];
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function labelled(labels: Labels = {}): string {
  const told = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return told.length === 0 ? '' : `{${told.join(',')}}`;
}

/** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

export function formatMetrics(metrics: readonly Metric[]): string {
  const lines = metrics.flatMap(({ name, help, samples }) => [
    `# HELP ${name} ${help}`,
    `# TYPE ${name} gauge`,
    ...samples.map(({ labels, value }) => `${name}${labelled(labels)} ${value}`),
  ]);
  return `${lines.join('\n')}\n`;
}
