const versionPattern = /^v\d+\.\d+\.\d+-eksbuild\.\d+$/;

/** EKS user guide, "AWS add-ons", in awsdocs/amazon-eks-user-guide latest/ug/workloads/workloads-add-ons-available-eks.adoc and its later published form. */
const guide = 'EKS user guide, "AWS add-ons"';

/**
 * EKS managed add-ons that are off unless a component asks for them. Read on 2026-11-25. Builds change by region and week:
 * `aws eks describe-addon-versions --kubernetes-version 1.35 --addon-name <name>` is the last word before an apply. A version stands
 * here only where a public configuration names it for Kubernetes 1.35.
 */
export const optionalAddons = {
  'amazon-cloudwatch-observability': {
    name: 'amazon-cloudwatch-observability',
    version: 'v6.2.0-eksbuild.1',
    versionPattern,
    kubernetes: { from: '1.28' },
    serviceAccount: { namespace: 'amazon-cloudwatch', name: 'cloudwatch-agent' },
    configurationKeys: ['admissionWebhooks', 'agent', 'agents', 'containerLogs', 'dcgmExporter', 'manager', 'neuronMonitor', 'nodeSelector', 'otelContainerInsights', 'tolerations'],
    closed: false,
    source: `${guide}; keys from aws-observability/helm-charts charts/amazon-cloudwatch-observability/values.yaml; v6.2.0-eksbuild.1 for 1.30 to 1.36 in several public stacks of 2026 (a table of versions per Kubernetes version among them); "1.28 or later" from the CloudWatch user guide, "Advanced configuration for OTel Container Insights"`,
    traps: [
      'Fluent Bit uses the service account cloudwatch-agent too.',
      'agent.config replaces the default, which turns Application Signals on: since v5 that instruments every service and is billed per request.',
      'Log groups /aws/containerinsights/<cluster>/{application,dataplane,host,performance} are made without end of retention unless they are there before.',
      'tolerations defaults to operator Exists for agent, Fluent Bit and operator.',
    ],
  },
  'aws-guardduty-agent': {
    name: 'aws-guardduty-agent',
    versionPattern,
    configurationKeys: ['dnsPolicy', 'priorityClassName', 'resources'],
    closed: true,
    source: `${guide}; GuardDuty user guide, "Managing security agent manually for Amazon EKS cluster" and "Configure EKS add-on parameters"`,
    traps: [
      'Works only where Runtime Monitoring is on, and needs the interface endpoint guardduty-data first, which costs nothing.',
      'Where GuardDuty manages the agent itself (EKS_ADDON_MANAGEMENT) it makes add-on and endpoint: turn one of the two off.',
      'Tolerations can not be configured; that its DaemonSet tolerates every taint was not verified.',
      'v1.15.0-eksbuild.2 was current for 1.33 in 2026-05; none is known for 1.35.',
    ],
  },
  'aws-network-flow-monitoring-agent': {
    name: 'aws-network-flow-monitoring-agent',
    versionPattern,
    kubernetes: { from: '1.25' },
    serviceAccount: { namespace: 'amazon-network-flow-monitor', name: 'aws-network-flow-monitor-agent-service-account' },
    configurationKeys: ['affinity', 'env', 'podAnnotations', 'podLabels', 'priorityClassName', 'resources', 'tolerations'],
    closed: false,
    source: `${guide}; CloudWatch user guide, "Install the EKS AWS Network Flow Monitor Agent add-on" (1.25 or later) and "IRSA for agents"; keys from aws/network-flow-monitor-agent charts/amazon-network-flow-monitor-agent/values.yaml`,
    traps: ['tolerations defaults to operator Exists.', 'Until v1.0.0 the service account was called aws-network-flow-monitoring-agent-service-account.', 'Publishes only once Network Flow Monitor is set up in the account.'],
  },
  'eks-node-monitoring-agent': {
    name: 'eks-node-monitoring-agent',
    versionPattern,
    configurationKeys: ['dcgmAgent', 'global', 'nodeAgent', 'updateStrategy'],
    closed: false,
    source: `${guide}; aws/eks-node-monitoring-agent charts/eks-node-monitoring-agent/values.yaml`,
    traps: ['nodeAgent.tolerations defaults to operator Exists.', 'Only reports: nodes are replaced by node auto repair of the node group, or by Karpenter with its feature gate NodeRepair.'],
  },
  'eks-pod-identity-agent': {
    name: 'eks-pod-identity-agent',
    version: 'v1.3.10-eksbuild.3',
    versionPattern,
    configurationKeys: ['affinity', 'agent', 'init', 'podAnnotations', 'priorityClassName', 'resources', 'tolerations', 'updateStrategy'],
    closed: false,
    source: `${guide}; aws/eks-pod-identity-agent charts/eks-pod-identity-agent/values.yaml; v1.3.10-eksbuild.3 for 1.30 to 1.36 in public stacks of 2026`,
    traps: ['tolerations defaults to operator Exists.', 'Runs in the network of the node, listens on 169.254.170.23:80 and calls eks-auth with the role of the node.'],
  },
  'aws-secrets-store-csi-driver-provider': {
    name: 'aws-secrets-store-csi-driver-provider',
    versionPattern,
    configurationKeys: ['nodeSelector', 'podAnnotations', 'podLabels', 'priorityClassName', 'resources', 'secrets-store-csi-driver', 'tolerations', 'useFipsEndpoint'],
    closed: false,
    source: `${guide}; Secrets Manager user guide, "Installing the add-on"; keys from aws/secrets-store-csi-driver-provider-aws charts/secrets-store-csi-driver-provider-aws/values.yaml`,
    traps: ['Brings the driver itself: installing secrets-store-csi-driver as well collides.', 'tolerations is empty by default; the driver below secrets-store-csi-driver.linux has its own.', 'Each workload reads secrets with its own role; the add-on has none.'],
  },
  'amazon-sagemaker-hyperpod-observability': {
    name: 'amazon-sagemaker-hyperpod-observability',
    versionPattern,
    serviceAccount: { namespace: 'hyperpod-observability', name: 'hyperpod-observability-operator-otel-collector' },
    configurationKeys: ['amgWorkspace', 'ampWorkspace', 'logging', 'metricsProvider'],
    closed: false,
    source: `${guide}; SageMaker developer guide, "Troubleshooting the Amazon SageMaker HyperPod observability add-on" (service account, policy, trust)`,
    traps: ['Needs a Prometheus workspace and pod identity.', 'HyperPod nodes work with the VPC CNI only.'],
  },
  'amazon-sagemaker-hyperpod-taskgovernance': {
    name: 'amazon-sagemaker-hyperpod-taskgovernance',
    versionPattern,
    configurationKeys: [],
    closed: false,
    source: `${guide}; SageMaker developer guide, "Upgrade the task governance add-on" (v1.6.0-eksbuild.1 holds Kueue 0.19.2)`,
    traps: ['Brings Kueue: a Kueue of one\'s own collides.', 'HyperPod nodes work with the VPC CNI only.'],
  },
  'amazon-sagemaker-hyperpod-training-operator': {
    name: 'amazon-sagemaker-hyperpod-training-operator',
    versionPattern,
    kubernetes: { from: '1.28', to: '1.35' },
    serviceAccount: { namespace: 'aws-hyperpod', name: 'hp-training-operator-controller-manager' },
    configurationKeys: [],
    closed: false,
    source: `${guide}; SageMaker developer guide, "Installing the training operator" (cert-manager and the pod identity agent come first); 1.28 to 1.35 from a public module of 2026 that also found associations inside of the add-on refused since v1.2.1`,
    traps: ['An association inside of the add-on is refused for v1.2.1: make it apart.', 'Its pod ends at once without cert-manager.', 'HyperPod nodes work with the VPC CNI only.'],
  },
  'amazon-sagemaker-spaces': {
    name: 'amazon-sagemaker-spaces',
    versionPattern,
    serviceAccount: { namespace: 'jupyter-k8s-system', name: 'jupyter-k8s-controller-manager' },
    configurationKeys: ['jupyter-k8s'],
    closed: false,
    source: `${guide} ("EKS or HyperPod-EKS clusters"); SageMaker developer guide, "IAM permissions setup" of Spaces; service accounts from public installations`,
    traps: ['cert-manager, the EBS CSI driver and the load balancer controller come first.', 'The router uses the service account jupyter-k8s-authmiddleware.'],
  },
} as const;
