import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import { loadBalancerControllerPolicy } from '../../catalog/iam/load-balancer-controller.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';

const id = 'aws-load-balancer-controller';

/** Turns Ingresses into ALBs and Services of type LoadBalancer into NLBs. */
export const awsLoadBalancerController = defineComponent({
  id,
  summary: 'Makes Application and Network Load Balancers from Ingresses and Services.',
  layer: 'platform',
  requires: ['cilium', 'coredns', 'cert-manager'],
  defaultOn: true,
  settings: z.strictObject({
    replicas: z.int().min(1).max(5).default(2).meta({ description: 'Replicas; one leads.', unit: 'pods' }),
  }),
  infra: ({ cluster }) => ({ controller: workloadRole(cluster, 'load-balancers', id, id, documented(cluster, [loadBalancerControllerPolicy])) }),
  workload: ({ cluster, settings, infra }) => ({
    namespaces: [{ name: id, podSecurity: 'restricted' }],
    releases: [
      {
        kind: 'chart',
        name: id,
        namespace: id,
        chart: 'aws-load-balancer-controller',
        installedBy: 'gitops',
        values: {
          serviceAccount: { name: id },
          // The chart's own certificate is new on every render; cert-manager's is not.
          enableCertManager: true,
          // Fails closed on every Service of the cluster while the controller is down, which would deadlock a bring-up.
          enableServiceMutatorWebhook: false,
          // What the namespace's level asks for and the chart leaves out.
          podSecurityContext: { fsGroup: 65534, seccompProfile: { type: 'RuntimeDefault' } },
          securityContext: { readOnlyRootFilesystem: true, runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          podDisruptionBudget: { maxUnavailable: 1 },
          resources: { requests: { cpu: '100m', memory: '200Mi' } },
        },
        clusterValues: {
          clusterName: cluster.name,
          region: cluster.region,
          // The VPC's id is not known before it exists; its name is.
          vpcTags: { Name: cluster.name },
          replicaCount: settings.replicas,
          serviceAccount: { annotations: roleAnnotation(infra.controller.arn) },
        },
        ignoreDifferences: [
          { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
          { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
        ],
        standIn: {
          crds: charts['aws-load-balancer-controller'].crds.filter((name) => name.endsWith('.elbv2.k8s.aws')),
          workloads: [{ kind: 'Deployment', name: id, replicas: settings.replicas, serviceAccount: id, roleArn: infra.controller.arn, port: 9443, requests: { cpu: '100m', memory: '200Mi' } }],
          objects: [{ apiVersion: 'networking.k8s.io/v1', kind: 'IngressClass', metadata: { name: 'alb' }, spec: { controller: 'ingress.k8s.aws/alb' } }],
        },
      },
    ],
  }),
  network: ({ cluster: { region } }) => [
    { from: 'kube-apiserver', to: id, port: 9443, why: 'admission webhooks' },
    { from: id, to: 'kube-apiserver', port: 443, why: 'watches Ingresses and Services' },
    { from: id, to: `elasticloadbalancing.${region}.amazonaws.com`, port: 443, why: 'makes load balancers' },
    { from: id, to: `ec2.${region}.amazonaws.com`, port: 443, why: 'finds subnets and security groups' },
    { from: id, to: `acm.${region}.amazonaws.com`, port: 443, why: 'finds certificates' },
    { from: id, to: `wafv2.${region}.amazonaws.com`, port: 443, why: 'attaches web ACLs' },
    { from: id, to: `waf-regional.${region}.amazonaws.com`, port: 443, why: 'looks for web ACLs of the first generation' },
    { from: id, to: 'shield.us-east-1.amazonaws.com', port: 443, why: 'asks whether Shield Advanced is on' },
  ],
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('load balancers are shown by their CloudWatch dashboards'),
  cost: () => none('load balancers are counted where an Ingress or Service asks for them'),
  checks: [deploymentReady(id)],
});
