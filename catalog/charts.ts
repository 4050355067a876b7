import { chartCrds } from './chart-crds.ts';

/** Where a pinned chart was read. */
export interface ChartSource {
  /** Public git repository, `owner/name` on GitHub. */
  readonly repo: string;
  readonly path: string;
  /** Tag or file that holds this version. */
  readonly ref: string;
  readonly commit: string;
  /** Date of that commit, ISO. */
  readonly date: string;
}

/** One pinned chart. Which values it knows is in `catalog/values/<id>.json`. */
export interface ChartPin {
  readonly name: string;
  /** Chart repository as the project publishes it; `oci://` for an OCI registry. */
  readonly repository: string;
  readonly version: string;
  readonly appVersion: string;
  readonly kubeVersion?: string;
  readonly source: ChartSource;
  /** Who creates the custom resource definitions of `crds`. `none` means the chart has none or is told not to. */
  readonly crdsBy: 'templates' | 'crds-folder' | 'operator' | 'none';
  /** Names of the definitions; schemas in `catalog/crds/`. */
  readonly crds: readonly string[];
  /** Images that our values make it run. */
  readonly images: readonly string[];
  /** What a real render of this chart with our default values gave. */
  readonly rendered?: { readonly objects: number; readonly on: string };
  /** What looks right in its values and is not. */
  readonly traps: readonly string[];
}

/**
 * The charts of the platform, pinned for Kubernetes 1.35 on EKS. Versions were chosen where the project's own document names 1.35
 * (`catalog/kubernetes.ts`, `compatibility`). Read on 2026-11-24 from the sources named.
 */
export const charts = {
  cilium: {
    name: 'cilium',
    repository: 'https://helm.cilium.io/',
    version: '1.19.6',
    appVersion: '1.19.6',
    kubeVersion: '>= 1.21.0-0',
    source: { repo: 'cilium/charts', path: 'cilium-1.19.6.tgz', ref: 'cilium-1.19.6.tgz', commit: '9a8982433e18019e290b8199c0c4ad24f66befe8', date: '2026-07-16' },
    crdsBy: 'operator',
    crds: chartCrds.cilium,
    images: [
      'quay.io/cilium/cilium:v1.19.6',
      'quay.io/cilium/operator-aws:v1.19.6',
      'quay.io/cilium/cilium-envoy:v1.36.9-1782267392-edeb3f2af56c37c407efa1f63f0b32f595399bbc',
      'quay.io/cilium/hubble-relay:v1.19.6',
      'quay.io/cilium/hubble-ui:v0.13.5',
      'quay.io/cilium/hubble-ui-backend:v0.13.5',
      'quay.io/cilium/certgen:v0.4.6',
    ],
    traps: [
      'cluster.id 128-255 (and 384-511) fails the render in ENI mode (upstream issue 21330): mesh ids must stay within 1-127, or 256-383 with clustermesh.maxConnectedClusters=511.',
      'cluster.name: at most 32 characters, lower case, digits and "-"; "default" is refused with an id other than 0.',
      'eni.updateEC2AdapterLimitViaAPI is gone: limits always come from the EC2 API since 1.18, so the operator needs ec2:DescribeInstanceTypes.',
      'enableIPv4Masquerade defaults to false in ENI mode since 1.18 (null in values.yaml): pods already have VPC addresses, NAT is the VPC\'s. egressMasqueradeInterfaces acts only with masquerading on and bpf.masquerade off; it has no default key, "ens+" suits AL2023.',
      'k8sServiceHostRef{name,key} reads the API host from a ConfigMap in the release namespace; there is no such reference for the port: set k8sServicePort: "443" too. Setting k8sServiceHost as well fails the render. The value must be a host name without https://.',
      'kubeProxyReplacement is "true" or "false"; "strict" and "partial" are gone.',
      'eni.enabled alone sets IPAM eni, native routing and endpoint routes; eni.iamRole only annotates the operator\'s service account, serviceAccounts.operator.annotations does the same.',
      'eni.subnetTagsFilter and instanceTagsFilter are lists of "key=value"; eni.nodeSpec.subnetTags and securityGroupTags too. The old cni.customConf route is not needed.',
      'operator.replicas defaults to 2 with required anti-affinity and host ports: on one node the second stays Pending.',
      'hubble.metrics.enabled is a list (enabledList, enableOpenMetrics elsewhere and dns.* are not keys); serviceMonitor.enabled needs the CRDs or trustCRDsExist.',
      'hubble.tls.auto.method helm makes new certificates on every render: use cronJob (a Job and CronJob) or certmanager under GitOps.',
      'cni.chainingMode accepts null, none, aws-cni, flannel, generic-veth, portmap; cni.exclusive=true removes other CNI files.',
      'The operator creates the CRDs at start; a client that applies CiliumNetworkPolicies before that is refused.',
    ],
  },
  'argo-cd': {
    name: 'argo-cd',
    repository: 'https://argoproj.github.io/argo-helm',
    version: '10.1.1',
    appVersion: 'v3.4.4',
    kubeVersion: '>=1.25.0-0',
    source: { repo: 'argoproj/argo-helm', path: 'charts/argo-cd', ref: 'argo-cd-10.1.1', commit: 'af0a9310bacbaa4636018dfe22c801a6d33a5c43', date: '2026-07-02' },
    crdsBy: 'templates',
    crds: chartCrds['argo-cd'],
    images: ['quay.io/argoproj/argocd:v3.4.4', 'ecr-public.aws.com/docker/library/redis:8.2.3-alpine', 'ghcr.io/dexidp/dex:v2.45.1'],
    traps: [
      'global.networkPolicy.create is true since chart 10: with default-deny elsewhere check that the server stays reachable.',
      'configs.params has no defaults since chart 9: keys such as server.insecure are written as one key with a dot ("server.insecure": true).',
      'configs.cm keys are single keys with dots ("oidc.config", "resource.customizations.health.argoproj.io_Application"); nesting them yields maps the chart prints wrongly.',
      'configs.rbac uses "policy.default", "policy.csv", scopes. configs.cm["admin.enabled"] is the only switch for the admin.',
      'server.ingress.hostname (with extraHosts), not hosts; server.ingress.tls is a boolean. server.service.type exists once: a second "server" key in YAML wins silently.',
      'global.domain fills url and ingress host; configs.cm.url only overrides it.',
      'controller.replicas > 1 shards by ARGOCD_CONTROLLER_REPLICAS, set by the chart; redis-ha.enabled needs three schedulable nodes (hard anti-affinity).',
      'redis-ha and redis exclude one another: redis-ha.enabled=true makes redis.enabled moot.',
    ],
  },
  karpenter: {
    name: 'karpenter',
    repository: 'oci://public.ecr.aws/karpenter',
    version: '1.14.1',
    appVersion: '1.14.1',
    source: { repo: 'aws/karpenter-provider-aws', path: 'charts/karpenter', ref: 'v1.14.1', commit: 'bde00654cd316fddb3dccfba3f5ac07039865429', date: '2026-08-20' },
    crdsBy: 'crds-folder',
    crds: chartCrds['karpenter-crd'],
    images: ['public.ecr.aws/karpenter/controller:1.14.1'],
    traps: [
      'In git the chart says 1.13.0 at tag v1.14.1: version, image tag and digest are written when the chart is published.',
      'CRDs sit in the crds folder, which Helm never upgrades: install karpenter-crd and render this chart without CRDs (Argo CD: helm.skipCrds).',
      'settings.clusterName, clusterEndpoint and interruptionQueue; not settings.aws.*, not interruptionQueueName, not defaultInstanceProfile.',
      'Resources are controller.resources and empty by default; replicas 2 with required host anti-affinity and a DoNotSchedule zone spread.',
      'dnsPolicy ClusterFirst needs CoreDNS before Karpenter: with CoreDNS on Karpenter\'s own nodes use Default.',
      'affinity keeps the controller off nodes with karpenter.sh/nodepool; it needs the managed node group.',
      'settings.isolatedVPC=true in a VPC without internet (no pricing endpoint).',
      'Only tolerates CriticalAddonsOnly: a startup taint of Cilium is lifted before, other taints on the node group need a toleration.',
    ],
  },
  'karpenter-crd': {
    name: 'karpenter-crd',
    repository: 'oci://public.ecr.aws/karpenter',
    version: '1.14.1',
    appVersion: '1.14.1',
    source: { repo: 'aws/karpenter-provider-aws', path: 'charts/karpenter-crd', ref: 'v1.14.1', commit: 'bde00654cd316fddb3dccfba3f5ac07039865429', date: '2026-08-20' },
    crdsBy: 'templates',
    crds: chartCrds['karpenter-crd'],
    images: [],
    traps: ['No webhook values any more (1.0 had webhook.enabled): the keys are ignored.'],
  },
  'aws-load-balancer-controller': {
    name: 'aws-load-balancer-controller',
    repository: 'https://aws.github.io/eks-charts',
    version: '3.4.3',
    appVersion: 'v3.4.3',
    source: {
      repo: 'kubernetes-sigs/aws-load-balancer-controller',
      path: 'helm/aws-load-balancer-controller',
      ref: 'v3.4.3',
      commit: 'ad671982ff6ad951cc3cbb8b12917a65fc91a91b',
      date: '2026-07-28',
    },
    crdsBy: 'crds-folder',
    crds: chartCrds['aws-load-balancer-controller'],
    images: ['public.ecr.aws/eks/aws-load-balancer-controller:v3.4.3'],
    traps: [
      "The webhook's certificate and caBundle are made anew on every render (keepTLSSecret works only with a live Helm lookup, which Argo CD's rendering lacks): set enableCertManager: true, or ignore differences of the Secret's data and of every caBundle.",
      'enableServiceMutatorWebhook is true by default with failurePolicy Fail on Services: until the controller is up no Service of any namespace can be made, which deadlocks bring-up. Set it to false and name the class on Services.',
      "vpcId, or vpcTags (a map, passed as --aws-vpc-tags): one of them and region are needed where pods can't reach the instance metadata.",
      'CRDs (with three of gateway.k8s.aws and GlobalAccelerator) sit in the crds folder, which Helm never upgrades; Argo CD applies them on each sync.',
      'The pod webhook and ingress validation also fail closed: two replicas, and nothing that the cluster needs to start may wait for them.',
      'The IngressClass comes wrapped in a v1 List together with IngressClassParams.',
      'replicaCount, not replicas; podDisruptionBudget takes the spec of the budget itself and acts only above one replica.',
    ],
  },
  'external-secrets': {
    name: 'external-secrets',
    repository: 'https://charts.external-secrets.io',
    version: '2.8.0',
    appVersion: 'v2.8.0',
    kubeVersion: '>= 1.19.0-0',
    source: { repo: 'external-secrets/external-secrets', path: 'deploy/charts/external-secrets', ref: 'helm-chart-2.8.0', commit: '6f1eed573faac17c3272c576cfd419a5b40db25d', date: '2026-07-18' },
    crdsBy: 'templates',
    crds: chartCrds['external-secrets'],
    images: ['ghcr.io/external-secrets/external-secrets:v2.8.0'],
    traps: [
      "serviceAccount.name defaults to the release name: fix it, or the role's trust does not match.",
      'processPushSecret: false alone fails the render: processClusterPushSecret: false goes with it, and crds.createPushSecret: false.',
      'Only external-secrets.io/v1 is served; v1beta1 objects of older guides are refused.',
      'The cert controller writes caBundle into the validating webhooks and the data of the -webhook Secret, which the chart makes empty: ignore these differences.',
      'installCRDs (not crds.enabled); the two SecretStore definitions take 690 kB each: apply server-side.',
      'replicaCount above 1 needs leaderElect: true.',
      "In git the chart's templates/crds is empty: definitions are generated at release.",
    ],
  },
  'external-dns': {
    name: 'external-dns',
    repository: 'https://kubernetes-sigs.github.io/external-dns/',
    version: '1.21.1',
    appVersion: '0.21.0',
    source: { repo: 'kubernetes-sigs/external-dns', path: 'charts/external-dns', ref: 'external-dns-helm-chart-1.21.1', commit: '9f26451346774099a8b3e3e5cc46a53bf2fd1461', date: '2026-04-30' },
    crdsBy: 'crds-folder',
    crds: chartCrds['external-dns'],
    images: ['registry.k8s.io/external-dns/external-dns:v0.21.0'],
    traps: [
      "provider is a map: provider.name. The aws.zoneType, aws.region and txtSuffix-like keys of the Bitnami chart don't exist: use extraArgs (--aws-zone-type=private) and env (AWS_REGION).",
      'policy defaults to upsert-only, which never deletes; txtOwnerId has no default and must be unique per cluster that shares a zone.',
      'txtPrefix and txtSuffix exclude one another; changing either orphans all records.',
      'sources defaults to service and ingress; crd needs the DNSEndpoint definition in the crds folder.',
      'The Deployment is fixed to one replica (strategy Recreate): there is no replicas value.',
      'values.schema.json refuses wrong types in Helm itself.',
    ],
  },
  'cert-manager': {
    name: 'cert-manager',
    repository: 'https://charts.jetstack.io',
    version: 'v1.20.3',
    appVersion: 'v1.20.3',
    kubeVersion: '>= 1.22.0-0',
    source: { repo: 'cert-manager/cert-manager', path: 'deploy/charts/cert-manager', ref: 'v1.20.3', commit: '1e1d16d1744e6d9c80e464e58e8d9ab1caed222b', date: '2026-06-25' },
    crdsBy: 'templates',
    crds: chartCrds['cert-manager'],
    images: ['controller', 'webhook', 'cainjector', 'acmesolver', 'startupapicheck'].map((part) => `quay.io/jetstack/cert-manager-${part}:v1.20.3`),
    traps: [
      'crds.enabled is false by default; installCRDs is the deprecated twin. crds.keep leaves definitions behind on removal.',
      'The version carries a v (v1.20.3) in the chart repository.',
      'values.schema.json is closed at the top and in most groups: an unknown key fails the render.',
      'global.leaderElection.namespace defaults to kube-system: set it to the own namespace for least rights.',
      'prometheus.servicemonitor (lower case) under prometheus.enabled; prometheus.podmonitor excludes it.',
      'startupapicheck is a post-install hook Job, which Argo CD runs after each sync: disable it under GitOps.',
      'cainjector writes caBundle into both webhook configurations: ignore these differences.',
      'Only ClusterIssuers use the role by default; an Issuer needs --issuer-ambient-credentials.',
    ],
  },
  'kube-prometheus-stack': {
    name: 'kube-prometheus-stack',
    repository: 'https://prometheus-community.github.io/helm-charts',
    version: '88.5.3',
    appVersion: 'v0.93.1',
    kubeVersion: '>=1.25.0-0',
    source: {
      repo: 'prometheus-community/helm-charts',
      path: 'charts/kube-prometheus-stack',
      ref: 'kube-prometheus-stack-88.5.3',
      commit: 'ea930baeebeba39f56d6b44e351f23b2a072a600',
      date: '2026-08-21',
    },
    crdsBy: 'none',
    crds: [],
    images: [
      'quay.io/prometheus-operator/prometheus-operator:v0.93.1',
      'quay.io/prometheus-operator/prometheus-config-reloader:v0.93.1',
      'quay.io/prometheus/prometheus:v3.14.0-distroless',
      'quay.io/prometheus/alertmanager:v0.34.0',
      'quay.io/prometheus/node-exporter:v1.12.1',
      'registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.20.0',
      'docker.io/grafana/grafana:13.2.0',
      'quay.io/kiwigrid/k8s-sidecar:2.10.1',
      'ghcr.io/jkroepke/kube-webhook-certgen:1.8.7',
    ],
    traps: [
      'crds.enabled: false goes with the prometheus-operator-crds chart; the definitions are too large for client-side apply: server-side only.',
      "Selectors match only the release's own label unless *SelectorNilUsesHelmValues is false for serviceMonitor, podMonitor, rule, probe and scrapeConfig.",
      'kubeControllerManager, kubeScheduler, kubeEtcd are not reachable on EKS and kubeProxy does not run beside Cilium: disable all four, or their alerts fire for ever.',
      'grafana.adminPassword has no default in this chart: a random one is made at each render; name grafana.admin.existingSecret (userKey, passwordKey).',
      'Storage is prometheus.prometheusSpec.storageSpec.volumeClaimTemplate.spec, but alertmanager.alertmanagerSpec.storage.volumeClaimTemplate.spec (no "Spec" in its name).',
      "The admission webhook's certificate comes from hook Jobs (patch): with cert-manager use prometheusOperator.admissionWebhooks.certManager.enabled instead, which also needs no ignored caBundle.",
      'Sub-chart keys keep their dashes: kube-state-metrics, prometheus-node-exporter; nodeExporter and kubeStateMetrics only hold enabled and a few switches.',
      'Needs the CRDs before its first sync: its Prometheus, Alertmanager, rules and monitors are refused otherwise.',
    ],
  },
  'prometheus-operator-crds': {
    name: 'prometheus-operator-crds',
    repository: 'https://prometheus-community.github.io/helm-charts',
    version: '31.0.1',
    appVersion: 'v0.93.1',
    kubeVersion: '>=1.16.0-0',
    source: {
      repo: 'prometheus-community/helm-charts',
      path: 'charts/prometheus-operator-crds',
      ref: 'prometheus-operator-crds-31.0.1',
      commit: '4529d7bb4b4be3b2aa8ef0b4d40152d394213a61',
      date: '2026-08-10',
    },
    crdsBy: 'templates',
    crds: chartCrds['prometheus-operator-crds'],
    images: [],
    traps: [
      'Values are one switch per definition below crds (crds.<plural>.enabled); definitions of up to 830 kB, so server-side apply only.',
    ],
  },
  'metrics-server': {
    name: 'metrics-server',
    repository: 'https://kubernetes-sigs.github.io/metrics-server/',
    version: '3.13.1',
    appVersion: '0.8.1',
    source: { repo: 'kubernetes-sigs/metrics-server', path: 'charts/metrics-server', ref: 'metrics-server-helm-chart-3.13.1', commit: '842dcc8c42f22cc19f10c7d5f2d32a9f4b6013b0', date: '2026-06-11' },
    crdsBy: 'none',
    crds: [],
    images: ['registry.k8s.io/metrics-server/metrics-server:v0.8.1'],
    traps: [
      'replicas, not replicaCount; args are added to defaultArgs.',
      'podDisruptionBudget.enabled has no default amount: set minAvailable or maxUnavailable too.',
      'apiService.insecureSkipTLSVerify is true by default; tls.type: cert-manager with apiService.insecureSkipTLSVerify: false is the strict form, tls.type: helm makes a new certificate at each render.',
      'containerPort 10250 collides with the kubelet only under hostNetwork.enabled.',
      'Chart 3.13.1 still runs 0.8.1: no chart for 0.9.0 was published when this was read.',
    ],
  },
  'nvidia-device-plugin': {
    name: 'nvidia-device-plugin',
    repository: 'https://nvidia.github.io/k8s-device-plugin',
    version: '0.19.3',
    appVersion: '0.19.3',
    kubeVersion: '>= 1.10.0-0',
    source: { repo: 'NVIDIA/k8s-device-plugin', path: 'deployments/helm/nvidia-device-plugin', ref: 'v0.19.3', commit: '570e776d6813cb9f3e9c8c105cf8d79989db6650', date: '2026-06-16' },
    crdsBy: 'none',
    crds: [],
    images: ['nvcr.io/nvidia/k8s-device-plugin:v0.19.3'],
    traps: [
      "The default affinity wants labels of node feature discovery or nvidia.com/gpu.present=true: Karpenter's nodes have neither. affinity: {} does not clear it (Helm merges maps): write affinity: null, or put the label nvidia.com/gpu.present: \"true\" on the GPU NodePool.",
      'The default namespace is refused unless allowDefaultNamespace; tolerations replaces the list that covers nvidia.com/gpu NoSchedule.',
      'gfd.enabled also brings the node feature discovery sub-chart.',
    ],
  },
} as const satisfies Readonly<Record<string, ChartPin>>;

/** Ids of the pinned charts. */
export type ChartId = keyof typeof charts;
