import type { PolicyFact } from './policy.ts';

/** A collector that sends segments to X-Ray. IAM knows no resource for it. */
export const xrayWritePolicy: PolicyFact = {
  source: 'open-telemetry/opentelemetry-collector-contrib exporter/awsxrayexporter/README.md (PutTraceSegments; telemetry records only with telemetry.enabled, which is off). The other actions of the AWS policy AWSXRayDaemonWriteAccess serve sampling rules, which the collector does not read. Not tried on AWS.',
  read: '2026-11-25',
  statements: [{ sid: 'SendTraces', actions: ['xray:PutTraceSegments'], resources: ['*'] }],
};
