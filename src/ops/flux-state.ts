import type { Kube } from '../ports/kube.ts';
import { fluxApi, fluxNamespace } from '../units/flux-names.ts';
import type { KubeObject } from '../units/kube-object.ts';
import type { ApplicationState } from './applications.ts';

type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.map(object) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const line = (value: unknown): string => text(value).replace(/\s+/g, ' ').trim().slice(0, 400);

const condition = (status: Json, type: string): Json | undefined => objects(status['conditions']).find((one) => one['type'] === type);

/** Whether the newest wish was looked at and answered with Ready. Source: kstatus, "The Ready condition"; Flux, `fluxcd/pkg/apis/meta`, conditions. */
const isReady = (found: KubeObject): boolean => {
  const status = object(found['status']);
  const ready = condition(status, 'Ready');
  const generation = Number(object(found.metadata)['generation'] ?? 0);
  return ready?.['status'] === 'True' && Number(status['observedGeneration'] ?? -1) === generation && condition(status, 'Reconciling')?.['status'] !== 'True';
};

const health = (found: KubeObject): string => {
  if (object(found['spec'])['suspend'] === true) return 'Suspended';
  if (isReady(found)) return 'Healthy';
  const status = object(found['status']);
  if (condition(status, 'Stalled')?.['status'] === 'True') return 'Degraded';
  const ready = condition(status, 'Ready');
  if (ready === undefined) return 'Missing';
  return ready['status'] === 'False' && condition(status, 'Reconciling')?.['status'] !== 'True' ? 'Degraded' : 'Progressing';
};

const cause = (found: KubeObject): string => {
  const status = object(found['status']);
  const said = [condition(status, 'Stalled'), condition(status, 'Ready'), condition(status, 'Reconciling')].find((one) => line(one?.['message']) !== '');
  return said ? `${found.kind} ${found.metadata.name}: ${text(said['reason'])}: ${line(said['message'])}` : `${found.kind} ${found.metadata.name}: Flux has not looked at it yet`;
};

/** Depth of each Kustomization behind those it waits for. */
const depths = (kustomizations: readonly KubeObject[]): ReadonlyMap<string, number> => {
  const needs = new Map(kustomizations.map((one) => [one.metadata.name, objects(object(one['spec'])['dependsOn']).map(({ name }) => text(name))]));
  const known = new Map<string, number>();
  const depth = (name: string): number => {
    const found = known.get(name);
    if (found !== undefined) return found;
    // A circle must not hang whoever looks at it.
    known.set(name, 0);
    const own = (needs.get(name) ?? []).reduce((deepest, need) => Math.max(deepest, depth(need) + 1), 0);
    known.set(name, own);
    return own;
  };
  return new Map([...needs.keys()].map((name) => [name, depth(name)]));
};

/**
 * Kustomizations of a cluster with their HelmReleases, in the words used for Argo CD's Applications: Synced when the newest revision is applied, Healthy when
 * all that was applied is ready. A HelmRelease belongs to the Kustomization of its name. Sorted by wave, then name. Pure.
 */
export const fluxStates = (cluster: string, kustomizations: readonly KubeObject[], releases: readonly KubeObject[]): readonly ApplicationState[] => {
  const waves = depths(kustomizations);
  const byName = new Map(releases.map((release) => [release.metadata.name, release]));
  return kustomizations
    .map((found): ApplicationState => {
      const status = object(found['status']);
      const own = [found, ...(byName.has(found.metadata.name) ? [byName.get(found.metadata.name) as KubeObject] : [])];
      const unwell = own.filter((one) => !isReady(one));
      const applied = text(status['lastAppliedRevision']);
      return {
        name: found.metadata.name,
        wave: waves.get(found.metadata.name) ?? 0,
        sync: applied === '' ? 'Unknown' : applied === text(status['lastAttemptedRevision']) ? 'Synced' : 'OutOfSync',
        health: unwell[0] ? health(unwell.at(-1) ?? unwell[0]) : 'Healthy',
        cluster,
        // The HelmRelease says more than what waits for it.
        causes: unwell.toReversed().map(cause),
        refreshing: false,
      };
    })
    .sort((a, b) => a.wave - b.wave || (a.name < b.name ? -1 : 1));
};

/** Reads what Flux does on a cluster, in its own namespace. Empty where there is no Flux. Reads only. */
export const readFlux = async (cluster: string, kube: Kube): Promise<readonly ApplicationState[]> => {
  const [kustomizations, releases] = await Promise.all([fluxApi.kustomization, fluxApi.helmRelease].map((kind) => kube.list({ ...kind, namespace: fluxNamespace })));
  return fluxStates(cluster, kustomizations ?? [], releases ?? []);
};

/** Stops Flux from putting back what the teardown removes: the root first, which would otherwise resume the others. Returns how many. */
export const suspendFlux = async (kube: Kube, root: string): Promise<number> => {
  const kustomization = { ...fluxApi.kustomization, namespace: fluxNamespace };
  const release = { ...fluxApi.helmRelease, namespace: fluxNamespace };
  const names = (await kube.list(kustomization)).map(({ metadata }) => metadata.name);
  const rootFirst = [...names.filter((name) => name === root), ...names.filter((name) => name !== root)];
  for (const name of rootFirst) await kube.patch(kustomization, name, { spec: { suspend: true } });
  const releases = await kube.list(release);
  for (const { metadata } of releases) await kube.patch(release, metadata.name, { spec: { suspend: true } });
  return names.length + releases.length;
};
