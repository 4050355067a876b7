/**
 * Thanos as the platform runs it: beside Prometheus and on the hub. The version is the one that the pinned kube-prometheus-stack gives Prometheus as its
 * sidecar, so that both ends of the store API are of one version. Charts: see docs/decisions/metrics-storage.md.
 */
export const thanos = {
  version: '0.42.4',
  image: 'quay.io/thanos/thanos:v0.42.4',
  /** User and group of the image (`USER 1001`). */
  user: 1001,
  source: {
    image: 'prometheus-community/helm-charts charts/kube-prometheus-stack/values.yaml at ea930baeebeba39f56d6b44e351f23b2a072a600, prometheusOperator.thanosImage; github.com/thanos-io/thanos@v0.42.4 (2026-07-30) Dockerfile',
    flags: 'github.com/thanos-io/thanos@v0.42.4 docs/components/{compact,store,query,query-frontend}.md',
    objectStore: 'github.com/thanos-io/thanos@v0.42.4 docs/storage.md; github.com/thanos-io/objstore v0.0.0-20250804093838-71d60dfee488 providers/s3/s3.go (without aws_sdk_auth the token is traded at STS of AWS_REGION; dual-stack names unless disable_dualstack)',
  },
  read: '2026-11-25',
  /** Retention below these would delete samples before they are downsampled; Thanos refuses to start. Source: cmd/thanos/compact.go, pkg/compact/downsample (40 hours, 10 days). */
  leastDays: { raw: 2, fiveMinutes: 10 },
} as const;
