import type { Values } from '../model/workload.ts';

/** Image of every collector: the distribution that has the exporters for AWS. */
export const collectorImage: Values = { image: { repository: 'ghcr.io/open-telemetry/opentelemetry-collector-releases/opentelemetry-collector-contrib' }, command: { name: 'otelcol-contrib' } };

/** Port at which a collector tells of itself. */
export const scrapedAt = 8888;

const every = ['otlp', 'otlp-http', 'jaeger-compact', 'jaeger-thrift', 'jaeger-grpc', 'zipkin'] as const;

/** Ports of the chart: those given and the one for metrics, no other. Pure. */
export const onlyPorts = (...open: readonly (typeof every)[number][]): Values => ({ ...Object.fromEntries(every.map((name) => [name, { enabled: open.includes(name) }])), metrics: { enabled: true } });
