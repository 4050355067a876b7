/** Labels, taints and object names that Terraform roots, components, Argo CD output and the local platform have in common. */

/** Taint on new nodes that only Cilium's agent lifts. Source: Cilium documentation, "Taint effects and unmanaged pods". */
export const ciliumTaintKey = 'node.cilium.io/agent-not-ready';

/** ConfigMap in `kube-system` with keys `host` and `port` of the API server, read by Cilium instead of kube-proxy's service address. */
export const apiServerConfigMap = 'cluster-api-server';

/** Label on an Argo CD cluster Secret that the platform ApplicationSet selects on, value `enabled`. */
export const platformStackLabel = 'argoeks.io/platform';

/** Label on an ExternalSecret that registers a cluster with the hub's Argo CD; the value is the cluster's name. */
export const registersClusterLabel = 'argoeks.io/registers-cluster';

/** Namespace of Argo CD on every hub. */
export const argocdNamespace = 'argocd';

/** Application of the hub that holds all others of a cluster, in order. */
export const platformApplication = (cluster: string): string => `${cluster}-platform`;

/** Helm release of the bootstrap root that holds the hub's own cluster Secret and the root Application. */
export const argocdRootRelease = 'argocd-root';

/** Input variable of roots with protected objects; `false` turns their deletion protection off, for a destroy. */
export const unprotectVariable = 'deletion_protection';

/** Helm release of the bootstrap root that holds the ConfigMap `apiServerConfigMap`. */
export const clusterFactsRelease = 'cluster-facts';

/** Tag that Karpenter finds private subnets and the node security group by; the value is the cluster's name. */
export const karpenterDiscoveryTag = 'karpenter.sh/discovery';

/** Stands for the id of the environment's private zone in a component's IAM statements: known to Terraform only, which fills it in. */
export const privateZoneId = '<private-zone-id>';

/** ClusterSecretStores of every cluster, by what they read. */
export const secretStore = { secretsManager: 'aws-secrets-manager', parameterStore: 'aws-parameter-store' } as const;

/** Issuer of certificates inside a cluster. */
export const clusterIssuer = 'platform-ca';

/** The Gateway that routes of the platform and of teams attach to. */
export const sharedGateway = { namespace: 'gateway', name: 'shared' } as const;

/** Release that holds the rules of all components; `compile/` fills it, because no component knows the others. */
export const rulesRelease = 'platform-rules';

/** Release that holds the dashboards of all components; `compile/` fills it, like `rulesRelease`. */
export const dashboardsRelease = 'platform-dashboards';

/** Label and value by which Grafana's sidecar finds dashboards, and annotation that names the folder they are shown in. */
export const dashboardSidecar = { label: 'grafana_dashboard', value: '1', folderAnnotation: 'grafana_folder' } as const;

/** Team that acts on alerts that name none. */
export const platformTeam = 'platform';

/** Label of a namespace that says who answers for what runs in it. */
export const namespaceOwnerLabel = 'argoeks.io/owner';

/** Value of `namespaceOwnerLabel` on the namespaces of the platform's own components. */
export const platformOwner = 'platform';

/** Service account in each namespace of a tenant as which a GitOps engine applies what the tenant's repository holds. */
export const tenantReconciler = 'reconciler';

/** Groups of Kubernetes that IAM roles are in by `kubernetes.admin_role_arns` and `kubernetes.readonly_role_arns`. */
export const platformGroup = { admin: 'platform:admin', readonly: 'platform:readonly' } as const;

/** Group of Kubernetes that the members of a tenant are in. */
export const tenantGroup = (tenant: string): string => `tenant:${tenant}`;

/** Label of a pod that Prometheus scrapes at its port called `metrics`; the value is `true`. */
export const scrapeLabel = 'argoeks.io/scrape';

/**
 * Namespaces that Kubernetes, EKS or an EKS add-on makes and fills: nobody of us decides what runs there, and a cluster whose
 * system pods are refused can't be mended. `cilium-secrets` is made by Cilium's chart and holds no pods.
 */
export const systemNamespaces = [
  'amazon-cloudwatch', 'amazon-guardduty', 'amazon-network-flow-monitor', 'aws-hyperpod', 'cilium-secrets', 'hyperpod-observability', 'jupyter-k8s-system', 'kube-node-lease', 'kube-public', 'kube-system', 'kueue-system',
] as const;

/** Argo CD's project of one team's Applications; roles of people and credentials of repositories name it too. */
export const tenantProject = (tenant: string): string => `tenant-${tenant}`;
