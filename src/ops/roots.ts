import { dataClusters, hasRoot, type OwnRoot } from '../config/own-roots.ts';
import type { Cluster, Environment } from '../config/platform.ts';
import type { Span } from '../diag/diagnostic.ts';

export type RootStage = 'foundation' | 'cluster' | 'bootstrap' | OwnRoot;

/** One Terraform root of an environment and what must be applied before it. */
export interface Root {
  /** Directory in the rendered output, for example `terraform/environments/dev`. */
  readonly id: string;
  readonly stage: RootStage;
  /** Only of the stages `cluster` and `bootstrap`. */
  readonly cluster?: Cluster;
  /** Ids of roots. */
  readonly needs: readonly string[];
  readonly at: Span;
  /** Short name for people, for example `dev-mlops-cluster-01/bootstrap`. */
  readonly label: string;
}

export interface RootFilter {
  /** Leaves clusters of other regions out; what the environment has once stays. */
  readonly region?: string;
}

/** Directory of a root in the rendered output. Pure. */
export const rootPath = (environment: string, cluster?: string, stage?: 'cluster' | 'bootstrap'): string =>
  ['terraform/environments', environment, ...(cluster && stage ? [cluster, stage] : [])].join('/');

/**
 * Every root of an environment, each after those it needs. A spoke's cluster root comes after the hub's, because its trust policy names
 * the hub's Argo CD role and IAM refuses a principal that does not exist; its bootstrap comes after the hub's, so that Argo CD is there
 * to take it, and to outlive it in reverse. Buckets come before nodes, whose workloads write to them until they
 * are gone. Data stores live in VPCs of clusters; alarms look for what applications and data stores made. Pure.
 */
export const rootsOf = (environment: Environment, { region }: RootFilter = {}): readonly Root[] => {
  const foundation: Root = { id: rootPath(environment.name), stage: 'foundation', needs: [], at: environment.at, label: `${environment.name} foundation` };
  const hubRoot = rootPath(environment.name, environment.hub, 'cluster');
  const hubBootstrap = rootPath(environment.name, environment.hub, 'bootstrap');
  const clusters = environment.clusters.filter((c) => region === undefined || c.region === region);
  const hubFirst = [...clusters].sort((a, b) => Number(b.hub) - Number(a.hub));
  const own = (stage: OwnRoot, needs: readonly string[]): readonly Root[] =>
    hasRoot(environment, stage) ? [{ id: `${foundation.id}/${stage}`, stage, needs: [foundation.id, ...needs], at: environment.at, label: `${environment.name} ${stage}` }] : [];
  const storage = own('storage', []);
  return [
    foundation,
    ...storage,
    ...hubFirst.flatMap((cluster): Root[] => {
      const id = rootPath(environment.name, cluster.name, 'cluster');
      return [
        { id, stage: 'cluster', cluster, needs: id === hubRoot ? [foundation.id] : [foundation.id, hubRoot], at: cluster.at, label: `${cluster.name}/cluster` },
        { id: rootPath(environment.name, cluster.name, 'bootstrap'), stage: 'bootstrap', cluster, needs: [id, ...(id === hubRoot ? [] : [hubBootstrap]), ...storage.map((root) => root.id)], at: cluster.at, label: `${cluster.name}/bootstrap` },
      ];
    }),
    ...own('data', dataClusters(environment).map(({ name }) => rootPath(environment.name, name, 'cluster'))),
    ...own('alarms', [...environment.clusters.map(({ name }) => rootPath(environment.name, name, 'bootstrap')), ...(hasRoot(environment, 'data') ? [`${foundation.id}/data`] : [])]),
  ];
};
