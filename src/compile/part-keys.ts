import { hash } from 'node:crypto';
import { isMeshed } from '../components/clustermesh-peers.ts';
import type { Cluster, Environment } from '../config/platform.ts';
import type { ChartPins } from '../emit/terraform/bootstrap-props.ts';
import { ownChartFolder } from '../emit/terraform/own-charts.ts';
import { rootKeys } from '../emit/terraform/root-data.ts';
import type { Plan } from '../model/plan.ts';
import { digestOf } from '../units/once-per.ts';

/** Settings as a short text. Clusters of an environment share most of them, frozen. */
const textOf = (settings: unknown): string => (typeof settings !== 'object' || settings === null ? JSON.stringify(settings) : digestOf(settings));
const namedTexts = (values: object): string => Object.entries(values).map(([name, value]) => `${name} ${textOf(value)}`).join('\n');

/** A cluster as far as output depends on it: of its place only the file is ever shown. */
const facts = ({ at, components, ...cluster }: Cluster): string => [at.file, namedTexts(cluster), namedTexts(components)].join('\n\n');

const shared = ({ clusters: _, at, ...environment }: Environment): string => JSON.stringify([at.file, environment]);

/**
 * For each cluster a key of everything its own files are rendered from: platform, environment, the cluster itself, for a hub every cluster
 * of its environment, for a spoke its hub, and for a cluster of a mesh which others are of it. Two plans with the same key (made by the same code) give the same files; a test proves it on
 * the real components. Pure.
 */
const clusterKeys = ({ platform, environments }: Plan): Readonly<Record<string, string>> => {
  const top = JSON.stringify([platform.name, platform.gitops]);
  return Object.fromEntries(
    environments.flatMap(({ environment, clusters }) => {
      const base = top + shared(environment);
      const texts = new Map(environment.clusters.map((cluster) => [cluster.name, facts(cluster)]));
      const hub = texts.get(environment.hub) ?? '';
      const meshed = environment.clusters.filter(isMeshed).map(({ name }) => name).join(' ');
      return clusters.map(({ cluster, components }) => {
        const { name, hub: isHub } = cluster;
        const others = (isHub ? [...texts.values()].join('\n') : hub) + (isMeshed(cluster) ? meshed : '');
        const asked = components.map(({ id, because }) => `${id} ${because.file}`).join('\n');
        return [name, hash('sha1', [base, others, texts.get(name) ?? '', asked].join('\0'), 'base64url')];
      });
    }),
  );
};

const ofCluster = /^(?:kubernetes\/clusters\/([^/]+)\/.|terraform\/environments\/[^/]+\/([^/]+)\/(?:cluster|bootstrap)\/.)/;

/** For each cluster by its name, and each root of Terraform that no cluster has alone by its folder, a key of everything its files are rendered from. Pure. */
export const partKeys = (plan: Plan, charts: ChartPins): Readonly<Record<string, string>> => ({ ...clusterKeys(plan), ...rootKeys(plan, charts) });

/** The part that a rendered file belongs to alone: a cluster, or the root of Terraform in whose folder it is. Undefined for what all share. Pure. */
export const partOfPath = (path: string): string | undefined => {
  const [, manifests, root] = ofCluster.exec(path) ?? [];
  return manifests ?? root ?? (path.startsWith('terraform/') && !path.startsWith(`${ownChartFolder}/`) ? path.slice(0, path.lastIndexOf('/')) : undefined);
};
