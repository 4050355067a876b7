import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import { karpenterIntegrationPolicy, karpenterLifecyclePolicy, karpenterNodeRole, karpenterSpotRolePolicy } from '../../catalog/iam/karpenter-controller.ts';
import { crdEstablished } from '../checks/crd-established.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { nightNodes } from '../config/night-nodes.ts';
import { defineComponent } from '../model/component.ts';
import { clusterRoleName, interruptionQueueName, roleArn } from '../units/aws-names.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';
import { poolCost } from './karpenter-cost.ts';
import { pools } from './karpenter-pool-settings.ts';
import { buysSpot, karpenterPools } from './karpenter-pools.ts';

const namespace = 'karpenter';

/** Launches the nodes that pending pods need, and ends those that nobody needs. */
export const karpenter = defineComponent({
  id: 'karpenter',
  summary: 'Launches nodes for pending pods (spot and on-demand, amd64 and arm64, GPUs) and consolidates them.',
  layer: 'platform',
  requires: ['cilium', 'coredns'],
  defaultOn: true,
  settings: z.strictObject({
    replicas: z.int().min(1).max(3).optional().meta({ description: 'Replicas of the controller, on different nodes; 2, or 1 on a single node, when absent.', unit: 'pods' }),
    pools,
  }),
  infra: ({ cluster, settings }) => {
    const nodeRole = clusterRoleName(cluster.name, 'karpenter-node');
    const queueName = interruptionQueueName(cluster.name);
    const placeholders = {
      nodeRoleArn: roleArn(cluster, nodeRole),
      queueArn: `arn:${cluster.partition}:sqs:${cluster.region}:${cluster.accountId}:${queueName}`,
    };
    return {
      controller: workloadRole(cluster, 'karpenter', namespace, 'karpenter', documented(cluster, [karpenterLifecyclePolicy, karpenterIntegrationPolicy, ...(buysSpot(settings) ? [karpenterSpotRolePolicy] : [])], placeholders)),
      nodes: { kind: 'node-role', roleName: nodeRole, arn: placeholders.nodeRoleArn, managedPolicies: karpenterNodeRole.managedPolicies },
      queue: { kind: 'interruption-queue', queueName },
    };
  },
  workload: ({ cluster, environment, settings, infra }) => {
    // Two replicas never share a node: on a single one the second would stay pending for ever.
    const replicas = settings.replicas ?? (nightNodes(environment, cluster) > 1 ? 2 : 1);
    // It runs on the first nodes, which hold the whole platform; with few nodes to look after it is idle nearly always.
    const requests = { cpu: cluster.tier === 'prod' ? '500m' : '200m', memory: '1Gi' };
    return {
      namespaces: [{ name: namespace, podSecurity: 'restricted' }],
      releases: [
        {
          kind: 'chart',
          name: 'karpenter-crd',
          namespace,
          chart: 'karpenter-crd',
          installedBy: 'gitops',
          values: {},
          clusterValues: {},
          standIn: { workloads: [], crds: charts['karpenter-crd'].crds.filter((name) => /^(nodepools|nodeclaims|ec2nodeclasses)\./.test(name)) },
        },
        {
          kind: 'chart',
          name: 'karpenter',
          namespace,
          chart: 'karpenter',
          // Helm never upgrades a chart's crds folder; the release before this one owns the definitions.
          skipCrds: true,
          installedBy: 'gitops',
          values: { serviceAccount: { name: 'karpenter' } },
          clusterValues: {
            replicas,
            controller: { resources: { requests, limits: { memory: requests.memory } } },
            serviceAccount: { annotations: roleAnnotation(infra.controller.arn) },
            settings: {
              clusterName: cluster.name,
              interruptionQueue: infra.queue.queueName,
              // Without a way out there is no pricing API either: Karpenter then uses the prices it was built with.
              ...(cluster.network.nat === 'none' ? { isolatedVPC: true } : {}),
            },
          },
          standIn: { workloads: [{ kind: 'Deployment', name: 'karpenter', replicas, serviceAccount: 'karpenter', roleArn: infra.controller.arn, requests }] },
        },
        { kind: 'manifests', name: 'karpenter-pools', namespace, manifests: [], clusterManifests: karpenterPools(cluster, settings, infra.nodes.roleName) },
      ],
    };
  },
  network: ({ cluster }) => [
    { from: 'karpenter', to: 'kube-apiserver', port: 443, why: 'watches pods and makes nodes' },
    { from: 'karpenter', to: `ec2.${cluster.region}.amazonaws.com`, port: 443, why: 'launches and ends instances' },
    { from: 'karpenter', to: `sqs.${cluster.region}.amazonaws.com`, port: 443, why: 'reads interruption events' },
    { from: 'karpenter', to: `ssm.${cluster.region}.amazonaws.com`, port: 443, why: 'finds images' },
    { from: 'karpenter', to: `eks.${cluster.region}.amazonaws.com`, port: 443, why: 'finds the address of the API server' },
    { from: 'karpenter', to: 'iam.amazonaws.com', port: 443, why: 'makes the instance profile of its nodes' },
    { from: 'karpenter', to: 'api.pricing.us-east-1.amazonaws.com', port: 443, why: 'reads on-demand prices' },
  ],
  alerts: () => [
    { name: 'KarpenterCannotLaunch', expr: 'increase(karpenter_cloudprovider_errors_total[15m]) > 10', forMinutes: 15, severity: 'warning', summary: 'EC2 refuses what Karpenter asks for; pods may stay pending.', runbook: 'karpenter-cannot-launch' },
  ],
  dashboards: () => [{ title: 'Nodes by pool', expr: 'sum by (nodepool) (karpenter_nodes_allocatable{resource_type="cpu"})', unit: 'cores' }],
  cost: ({ settings }) => poolCost(settings),
  checks: [crdEstablished('nodepools.karpenter.sh'), deploymentReady(namespace)],
});
