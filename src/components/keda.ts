import { z } from 'zod';
import { charts } from '../../catalog/charts.ts';
import { kedaAssumePolicy, kedaKeyPolicy, kedaScalerPolicies, kedaServices, type KedaService } from '../../catalog/iam/keda.ts';
import { crdEstablished } from '../checks/crd-established.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { nightNodes } from '../config/night-nodes.ts';
import { defineComponent, none } from '../model/component.ts';
import type { KubeObject } from '../units/kube-object.ts';
import { documented, workloadRole } from './identity.ts';

const id = 'keda';
const operator = 'keda-operator';
const metricsServer = 'keda-operator-metrics-apiserver';
const webhooks = 'keda-admission-webhooks';

/** First label of the endpoint of each service. */
const hosts: Readonly<Record<KedaService, string>> = { sqs: 'sqs', cloudwatch: 'monitoring', dynamodb: 'dynamodb', 'dynamodb-streams': 'streams.dynamodb', kinesis: 'kinesis' };

const settings = z.strictObject({
  replicas: z.int().min(1).max(3).optional().meta({ description: 'Replicas of the operator, of the metrics server and of the webhook; 2, or 1 on a single node, when absent.', unit: 'pods' }),
  aws_services: z.array(z.enum(kedaServices)).default([...kedaServices]).meta({ description: 'Services of AWS whose queues, metrics, tables and streams triggers may read with KEDA\'s own role.' }),
  aws_names: z.array(z.string().regex(/^[\w.*-]+$/, { error: 'is not the name of a queue, table or stream, with * for any letters' })).min(1).optional().meta({ description: 'Names of queues, tables and streams that KEDA\'s own role may read, `*` standing for any letters; `<env>-*` when absent.' }),
  trigger_roles: z.array(z.string().regex(/^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/, { error: 'is not the ARN of an IAM role' })).default([]).meta({ description: 'Roles that triggers name for themselves and KEDA\'s role may take; their trust policies must name it.' }),
  key_arns: z.array(z.string().regex(/^arn:aws(-[a-z]+)*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, { error: 'is not the ARN of a KMS key' })).default([]).meta({ description: 'KMS keys of your own that encrypt DynamoDB tables of triggers; those of AWS need no entry.' }),
  secrets: z.enum(['own', 'all']).default('own').meta({ description: 'Secrets that triggers may use: those in namespace keda, or those of every namespace. With `all` the operator can read every Secret of the cluster.' }),
  custom_targets: z.array(z.strictObject({ group: z.string().min(1).meta({ description: 'API group, such as "argoproj.io".' }), resource: z.string().regex(/^[a-z]+$/, { error: 'is not a resource in the plural, such as "rollouts"' }).meta({ description: 'Resource in the plural.' }) })).default([]).meta({ description: 'What KEDA may scale beside Deployments and StatefulSets.' }),
  sources: z.array(z.strictObject({ host: z.string().regex(/^[a-z0-9*-]+(\.[a-z0-9-]+)+$/, { error: 'is not a DNS name' }).meta({ description: 'DNS name outside the cluster.' }), port: z.int().min(1).max(65535).meta({ description: 'TCP port.' }) })).default([]).meta({ description: 'Further sources of triggers, such as a Kafka or a database: the network lets the operator reach them.' }),
});

/** What triggers name to read with KEDA's own role: `authenticationRef: {kind: ClusterTriggerAuthentication, name: aws}`. */
const awsAuthentication: KubeObject = { apiVersion: 'keda.sh/v1alpha1', kind: 'ClusterTriggerAuthentication', metadata: { name: 'aws' }, spec: { podIdentity: { provider: 'aws' } } };

/** Replicas stand on different nodes where there are some. */
const apart = (app: string) => [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app } } }];
const oneMayGo = { maxUnavailable: 1 };
const requests = { cpu: '100m', memory: '128Mi' };
const resources = { requests, limits: { memory: '1000Mi' } };

/** Scales workloads on queues and metrics, down to nothing. */
export const keda = defineComponent({
  id,
  summary: 'Scales workloads on the length of queues, on streams and on metrics, down to nothing.',
  layer: 'platform',
  requires: ['cilium', 'coredns', 'cert-manager'],
  defaultOn: false,
  settings,
  infra: ({ environment, cluster, settings: { aws_services, aws_names, trigger_roles, key_arns } }) => {
    const name = aws_names ?? [`${environment.name}-*`];
    const policies = [...aws_services.map((service) => kedaScalerPolicies[service]), kedaAssumePolicy, ...(aws_services.includes('dynamodb') ? [kedaKeyPolicy] : [])];
    return { operator: workloadRole(cluster, id, id, operator, documented(cluster, policies, { name, roleArn: trigger_roles, keyArn: key_arns })) };
  },
  workload: ({ environment, cluster, settings: { replicas: asked, secrets, custom_targets }, infra }) => {
    const replicas = asked ?? (nightNodes(environment, cluster) > 1 ? 2 : 1);
    return {
      namespaces: [{ name: id, podSecurity: 'restricted' }],
      releases: [
        {
          kind: 'chart',
          name: id,
          namespace: id,
          chart: 'keda',
          // The metrics server reads how the API server proves who asks: a RoleBinding there.
          alsoIn: ['kube-system'],
          installedBy: 'gitops',
          values: {
            image: { pullPolicy: 'IfNotPresent' },
            // Otherwise the operator writes its own certificate into webhook and APIService.
            certificates: { certManager: { enabled: true } },
            prometheus: { operator: { enabled: true }, metricServer: { enabled: true }, webhooks: { enabled: true } },
            podDisruptionBudget: { operator: oneMayGo, metricServer: oneMayGo, webhooks: oneMayGo },
            topologySpreadConstraints: { operator: apart(operator), metricsServer: apart(metricsServer), webhooks: apart(webhooks) },
            resources: { operator: resources, metricServer: resources, webhooks: resources },
            enableServiceLinks: false,
          },
          clusterValues: {
            clusterName: cluster.name,
            operator: { replicaCount: replicas },
            metricsServer: { replicaCount: replicas },
            webhooks: { replicaCount: replicas },
            podIdentity: { aws: { irsa: { enabled: true, roleArn: infra.operator.arn } } },
            permissions: { operator: { restrict: { secret: secrets === 'own' } }, metricServer: { restrict: { secret: secrets === 'own' } } },
            // By default the chart lets the operator read every object of the cluster.
            rbac: custom_targets.length > 0 ? { scaledRefKinds: custom_targets.map(({ group, resource }) => ({ apiGroup: group, kind: resource })) } : { enabledCustomScaledRefKinds: false },
          },
          ignoreDifferences: [
            // cert-manager injects these.
            { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', jqPathExpressions: ['.webhooks[]?.clientConfig.caBundle'] },
            { group: 'apiregistration.k8s.io', kind: 'APIService', jsonPointers: ['/spec/caBundle'] },
          ],
          standIn: {
            crds: charts.keda.crds.filter((name) => name.endsWith('.keda.sh') && !name.includes('.eventing.')),
            workloads: [
              { kind: 'Deployment', name: operator, replicas, serviceAccount: operator, roleArn: infra.operator.arn, port: 9666, requests },
              { kind: 'Deployment', name: metricsServer, replicas, serviceAccount: 'keda-metrics-server', port: 6443, requests },
              { kind: 'Deployment', name: webhooks, replicas, serviceAccount: 'keda-webhook', port: 9443, requests },
            ],
          },
        },
        { kind: 'manifests', name: 'keda-authentication', namespace: id, manifests: [awsAuthentication], clusterManifests: [] },
      ],
    };
  },
  network: ({ cluster, settings: { aws_services, sources } }) => [
    { from: id, to: 'kube-apiserver', port: 443, why: 'watches scaled objects, and scales' },
    { from: 'kube-apiserver', to: `${id}/${metricsServer}`, port: 6443, why: 'serves the external metrics API' },
    { from: 'kube-apiserver', to: `${id}/${webhooks}`, port: 9443, why: 'admission webhook for scaled objects' },
    { from: `${id}/${metricsServer}`, to: `${id}/${operator}`, port: 9666, why: 'asks for the values of scalers' },
    { from: `${id}/${operator}`, to: 'kube-prometheus-stack/prometheus-kube-prometheus', port: 9090, why: 'scales on metrics' },
    ...aws_services.map((service) => ({ from: `${id}/${operator}`, to: `${hosts[service]}.${cluster.region}.amazonaws.com`, port: 443, why: `scales on ${service}` })),
    // The table names its stream.
    ...(aws_services.includes('dynamodb-streams') && !aws_services.includes('dynamodb') ? [{ from: `${id}/${operator}`, to: `dynamodb.${cluster.region}.amazonaws.com`, port: 443, why: 'finds streams of tables' }] : []),
    ...sources.map(({ host, port }) => ({ from: `${id}/${operator}`, to: host, port, why: 'a source of triggers that the configuration names' })),
  ],
  alerts: () => [
    { name: 'KedaScalerFails', expr: 'sum by (namespace, scaledObject, scaler) (rate(keda_scaler_detail_errors_total[5m])) > 0', forMinutes: 15, severity: 'warning', summary: 'A scaler can not read its source; the workload keeps its size.', runbook: 'keda-scaler-fails' },
    { name: 'KedaDown', expr: `kube_deployment_status_replicas_available{namespace="${id}",deployment=~"${operator}|${metricsServer}"} == 0`, forMinutes: 10, severity: 'critical', summary: 'Nothing is scaled on queues and metrics.', runbook: 'keda-down' },
  ],
  dashboards: () => [
    { title: 'Value of each scaler', expr: 'keda_scaler_metrics_value', unit: 'short' },
    { title: 'Delay of the scaling loop', expr: 'max by (type) (keda_internal_scale_loop_latency_seconds)', unit: 's' },
  ],
  cost: () => none('runs on nodes that are paid already'),
  checks: [crdEstablished('scaledobjects.keda.sh'), deploymentReady(id, operator), deploymentReady(id, metricsServer), deploymentReady(id, webhooks)],
});
