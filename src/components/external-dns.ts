import { z } from 'zod';
import { externalDnsPolicy } from '../../catalog/iam/external-dns.ts';
import { deploymentReady } from '../checks/workload-ready.ts';
import { defineComponent, none } from '../model/component.ts';
import { privateZoneId } from '../units/wellknown.ts';
import { documented, roleAnnotation, workloadRole } from './identity.ts';

const id = 'external-dns';

/** Records of load balancers in the environment's private zone. Every cluster owns its records by a name of its own. */
export const externalDns = defineComponent({
  id,
  summary: 'Writes Route 53 records for Services and Ingresses into the environment\'s private zone.',
  layer: 'platform',
  requires: ['cilium', 'coredns'],
  defaultOn: true,
  settings: z.strictObject({
    sync_every_seconds: z.int().min(10).default(60).meta({ description: 'Pause between two comparisons with Route 53.', unit: 's' }),
    policy: z.enum(['sync', 'upsert-only']).default('sync').meta({ description: '"sync" also deletes records whose Service is gone.' }),
  }),
  infra: ({ cluster }) => ({ controller: workloadRole(cluster, id, id, id, documented(cluster, [externalDnsPolicy], { zoneId: privateZoneId })) }),
  workload: ({ cluster, environment, settings, infra }) => ({
    namespaces: [{ name: id, podSecurity: 'restricted' }],
    releases: [
      {
        kind: 'chart',
        name: id,
        namespace: id,
        chart: 'external-dns',
        installedBy: 'gitops',
        values: {
          provider: { name: 'aws' },
          serviceAccount: { name: id },
          sources: ['service', 'ingress'],
          registry: 'txt',
          extraArgs: ['--aws-zone-type=private'],
          resources: { requests: { cpu: '50m', memory: '64Mi' } },
        },
        clusterValues: {
          // Two clusters share the zone: with one owner's name each would delete the other's records.
          txtOwnerId: cluster.name,
          domainFilters: [environment.domain],
          policy: settings.policy,
          ...(cluster.components['gateway-api'] === undefined ? {} : { sources: ['service', 'ingress', 'gateway-httproute', 'gateway-grpcroute'] }),
          interval: `${settings.sync_every_seconds}s`,
          env: [{ name: 'AWS_REGION', value: cluster.region }],
          serviceAccount: { annotations: roleAnnotation(infra.controller.arn) },
        },
        standIn: { workloads: [{ kind: 'Deployment', name: id, serviceAccount: id, roleArn: infra.controller.arn, requests: { cpu: '50m', memory: '64Mi' } }] },
      },
    ],
  }),
  network: () => [
    { from: id, to: 'route53.amazonaws.com', port: 443, why: 'changes records' },
    { from: id, to: 'kube-apiserver', port: 443, why: 'watches Services, Ingresses and routes' },
  ],
  alerts: () => none('covered by the generic deployment rules'),
  dashboards: () => none('one generic controller panel'),
  cost: () => none('the zone belongs to the environment'),
  checks: [deploymentReady(id)],
});
