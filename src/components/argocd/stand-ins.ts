import type { StandInWorkload } from '../../model/workload.ts';
import type { ArgocdSize } from './sizing.ts';

/** What of Argo CD runs on a hub. */
interface Parts {
  readonly roleArn: string;
  readonly replicas: number;
  readonly size: ArgocdSize;
  readonly redisHa: boolean;
  readonly dex: boolean;
  readonly notifications: boolean;
}

const requests = (cpu: string, memory: string) => ({ requests: { cpu, memory } });

/** The workloads of the chart, as the local platform's stand-in makes them. Pure. */
export const argocdStandIns = ({ roleArn, replicas, size, redisHa, dex, notifications }: Parts): readonly StandInWorkload[] => [
  { kind: 'StatefulSet', name: 'argocd-application-controller', replicas: size.shards, serviceAccount: 'argocd-application-controller', roleArn, requests: size.controller },
  { kind: 'Deployment', name: 'argocd-server', replicas, serviceAccount: 'argocd-server', roleArn, port: 8080, ...requests('50m', '128Mi') },
  { kind: 'Deployment', name: 'argocd-repo-server', replicas: size.repoServers, serviceAccount: 'argocd-repo-server', port: 8081, ...requests('100m', '256Mi') },
  { kind: 'Deployment', name: 'argocd-applicationset-controller', replicas, serviceAccount: 'argocd-applicationset-controller', roleArn, ...requests('50m', '128Mi') },
  ...(dex ? [{ kind: 'Deployment', name: 'argocd-dex-server', serviceAccount: 'argocd-dex-server', port: 5556, ...requests('20m', '64Mi') } as const] : []),
  ...(notifications ? [{ kind: 'Deployment', name: 'argocd-notifications-controller', serviceAccount: 'argocd-notifications-controller', ...requests('50m', '128Mi') } as const] : []),
  ...(redisHa
    ? ([
        { kind: 'StatefulSet', name: 'argocd-redis-ha-server', replicas: 3, serviceAccount: 'argocd-redis-ha', ...requests('70m', '96Mi') },
        { kind: 'Deployment', name: 'argocd-redis-ha-haproxy', replicas: 3, serviceAccount: 'argocd-redis-ha-haproxy', port: 6379, ...requests('50m', '64Mi') },
      ] as const)
    : ([{ kind: 'Deployment', name: 'argocd-redis', port: 6379, ...requests('50m', '64Mi') }] as const)),
];
