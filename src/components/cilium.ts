import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import { ciliumOperatorPolicy } from '../../catalog/iam/cilium-operator.ts';
import { daemonSetReady, deploymentReady } from '../checks/workload-ready.ts';
import { nightNodes } from '../config/night-nodes.ts';
import { defineComponent, none } from '../model/component.ts';
import { bounded } from '../units/aws-names.ts';
import { apiServerConfigMap, karpenterDiscoveryTag } from '../units/wellknown.ts';
import { isMeshed } from './clustermesh-peers.ts';
import { meshStandIn, meshValues } from './clustermesh-values.ts';
import { documented, workloadRole } from './identity.ts';

const namespace = 'kube-system';

/** The only CNI: pods get addresses of the VPC, and kube-proxy's work is done in the kernel. */
export const cilium = defineComponent({
  id: 'cilium',
  summary: 'Gives pods addresses of the VPC (ENI mode), replaces kube-proxy and enforces network policies.',
  layer: 'network',
  defaultOn: true,
  settings: z.strictObject({
    wireguard: z.boolean().default(false).meta({ description: 'Encrypts traffic between nodes with WireGuard.' }),
    hubble: z.boolean().default(true).meta({ description: 'Runs Hubble: flow metrics, relay and UI.' }),
    prefix_delegation: z.boolean().default(true).meta({ description: 'Takes /28 prefixes instead of single addresses, for more pods on small nodes.' }),
    agent_cpu: z.string().default('200m').meta({ description: 'CPU request of the agent.', unit: 'cores' }),
    agent_memory: z.string().default('512Mi').meta({ description: 'Memory request of the agent.', unit: 'bytes' }),
  }),
  infra: ({ cluster }) => ({ operator: workloadRole(cluster, 'cilium-operator', namespace, 'cilium-operator', documented(cluster, [ciliumOperatorPolicy])) }),
  workload: ({ cluster, environment, settings, infra }) => {
    const operatorReplicas = nightNodes(environment, cluster) > 1 ? 2 : 1;
    const requests = { cpu: settings.agent_cpu, memory: settings.agent_memory };
    return {
      namespaces: [],
      releases: [
        {
          kind: 'chart',
          name: 'cilium',
          namespace,
          chart: 'cilium',
          // Secrets of policies: the chart makes the namespace and roles in it. Source: `templates/cilium-secrets-namespace.yaml`, `tls.secretsNamespace`.
          alsoIn: ['cilium-secrets'],
          installedBy: 'terraform',
          ...(isMeshed(cluster) ? { readyLater: true as const } : {}),
          values: {
            eni: { enabled: true },
            ipam: { mode: 'eni' },
            routingMode: 'native',
            kubeProxyReplacement: 'true',
            // There is no kube-proxy before Cilium, so the agent reads the API server's own address (written by Terraform).
            k8sServiceHostRef: { name: apiServerConfigMap, key: 'host' },
            k8sServicePort: '443',
            cni: { chainingMode: 'none', exclusive: true },
            bandwidthManager: { enabled: true },
            // Pods have addresses of the VPC; what leaves it is translated by the NAT gateway.
            enableIPv4Masquerade: false,
            rollOutCiliumPods: true,
            prometheus: { enabled: true },
            operator: { rollOutPods: true, podDisruptionBudget: { enabled: true, maxUnavailable: 1 }, resources: { requests: { cpu: '50m', memory: '128Mi' } } },
            envoy: { resources: { requests: { cpu: '50m', memory: '64Mi' } } },
          },
          clusterValues: {
            // Cilium takes at most 32 characters.
            cluster: { name: bounded(cluster.name, 32), id: cluster.meshId },
            eni: {
              awsEnablePrefixDelegation: settings.prefix_delegation,
              iamRole: infra.operator.arn,
              // Without tags the operator may take another subnet of the zone: a public one, or one without a way out. Source: Cilium documentation, "AWS ENI", `spec.eni.subnet-tags`.
              nodeSpec: { subnetTags: [`${karpenterDiscoveryTag}=${cluster.name}`] },
            },
            encryption: settings.wireguard ? { enabled: true, type: 'wireguard', nodeEncryption: true } : { enabled: false },
            resources: { requests },
            operator: { replicas: operatorReplicas },
            // The component `gateway-api` brings the class: the chart makes it only where it can ask a live cluster.
            ...(cluster.components['gateway-api'] === undefined ? {} : { gatewayAPI: { enabled: true, enableAlpn: true, gatewayClass: { create: 'false' } } }),
            hubble: settings.hubble
              ? {
                  enabled: true,
                  relay: { enabled: true, resources: { requests: { cpu: '50m', memory: '64Mi' } } },
                  ui: { enabled: true, frontend: { resources: { requests: { cpu: '25m', memory: '32Mi' } } }, backend: { resources: { requests: { cpu: '25m', memory: '32Mi' } } } },
                  metrics: { enabled: ['dns', 'drop', 'tcp', 'flow', 'port-distribution', 'icmp'] },
                  // A Job makes the certificates once: the chart's own way makes new ones on every render, which GitOps never settles.
                  tls: { auto: { enabled: true, method: 'cronJob' } },
                }
              : { enabled: false },
            ...meshValues(environment, cluster),
          },
          standIn: {
            // Of what the operator creates, the definitions that policies and nodes need: each costs the local API server time.
            crds: charts.cilium.crds.filter((name) => /^cilium(clusterwide)?(networkpolicies|nodes|endpoints|identities)\./.test(name)),
            workloads: [
              { kind: 'DaemonSet', name: 'cilium', labels: { 'k8s-app': 'cilium' }, serviceAccount: 'cilium', hostNetwork: true, tolerations: 'all', requests },
              { kind: 'DaemonSet', name: 'cilium-envoy', labels: { 'k8s-app': 'cilium-envoy' }, serviceAccount: 'cilium-envoy', hostNetwork: true, tolerations: 'all', requests: { cpu: '50m', memory: '64Mi' } },
              { kind: 'Deployment', name: 'cilium-operator', replicas: operatorReplicas, labels: { 'io.cilium/app': 'operator' }, serviceAccount: 'cilium-operator', roleArn: infra.operator.arn, hostNetwork: true, tolerations: 'all', requests: { cpu: '50m', memory: '128Mi' } },
              ...(settings.hubble
                ? ([
                    { kind: 'Deployment', name: 'hubble-relay', labels: { 'k8s-app': 'hubble-relay' }, serviceAccount: 'hubble-relay', requests: { cpu: '50m', memory: '64Mi' } },
                    { kind: 'Deployment', name: 'hubble-ui', labels: { 'k8s-app': 'hubble-ui' }, serviceAccount: 'hubble-ui', requests: { cpu: '50m', memory: '64Mi' } },
                  ] as const)
                : []),
              ...meshStandIn(environment, cluster),
            ],
          },
        },
      ],
    };
  },
  network: ({ cluster, settings: { hubble } }) => [
    { from: 'cilium/cilium', to: 'kube-apiserver', port: 443, why: 'the agent watches the cluster' },
    { from: 'cilium/cilium-operator', to: 'kube-apiserver', port: 443, why: 'the operator watches the cluster' },
    { from: 'cilium/cilium-operator', to: `ec2.${cluster.region}.amazonaws.com`, port: 443, why: 'attaches network interfaces' },
    ...(hubble
      ? [
          { from: 'cilium/hubble-relay', to: 'cilium/cilium', port: 4244, why: 'collects the flows that agents saw' },
          { from: 'cilium/hubble-ui', to: 'cilium/hubble-relay', port: 4245, why: 'asks for flows' },
          { from: 'cilium/hubble-ui', to: 'kube-apiserver', port: 443, why: 'lists namespaces and services' },
          { from: 'cilium/hubble-generate-certs', to: 'kube-apiserver', port: 443, why: 'writes the certificates of relay and agents' },
        ]
      : []),
  ],
  alerts: () => [
    { name: 'CiliumAgentUnreachable', expr: 'kube_daemonset_status_number_unavailable{namespace="kube-system",daemonset="cilium"} > 0', forMinutes: 10, severity: 'critical', summary: 'A node runs without its Cilium agent; new pods there get no address.', runbook: 'cilium-agent-unreachable' },
  ],
  dashboards: () => [{ title: 'Cilium agents unavailable', expr: 'kube_daemonset_status_number_unavailable{namespace="kube-system",daemonset="cilium"}', unit: 'nodes' }],
  cost: () => none('runs on nodes that are paid already'),
  checks: [daemonSetReady(namespace, 'cilium'), deploymentReady(namespace, 'cilium-operator')],
});
