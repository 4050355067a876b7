import { parseAllDocuments } from 'yaml';
import type { Cluster } from '../config/platform.ts';
import type { Disk } from '../ports/disk.ts';
import type { Kube } from '../ports/kube.ts';
import { fluxApi, fluxNamespace, fluxRoot } from '../units/flux-names.ts';
import { applicationDeadlines, type ApplicationDeadlines } from './await-applications.ts';
import { isSettled, type ApplicationState } from './applications.ts';
import { readFlux } from './flux-state.ts';
import type { Site } from './site.ts';
import { StepFailure, type Step } from './step.ts';
import { waitFor } from './wait.ts';

/** Names of the Kustomizations that a cluster's rendered folder asks for, with the root that brings them. Files that hold no such object are passed over. */
export const expectedKustomizations = async (tree: Disk, cluster: string): Promise<readonly string[]> => {
  const files = (await tree.list(`kubernetes/clusters/${cluster}/flux`)).filter((file) => file.endsWith('.yaml'));
  const found = await Promise.all(files.map(async (file) => parseAllDocuments((await tree.read(file)) ?? '').flatMap((document) => ('toJS' in document ? [document.toJS() as { apiVersion?: string; metadata?: { name?: string } } | null] : []))));
  return [fluxRoot, ...found.flat().flatMap((one) => (one?.apiVersion === fluxApi.kustomization.apiVersion && one.metadata?.name ? [one.metadata.name] : []))];
};

const words = ({ name, sync, health, causes }: ApplicationState): string => `${name} (${sync}, ${health}): ${causes[0] ?? 'an older revision is applied'}`;

/** Asks source-controller to read git now, instead of at its next look. */
const refresh = async (kube: Kube, at: number): Promise<void> => {
  await kube.patch({ ...fluxApi.gitRepository, namespace: fluxNamespace }, fluxRoot, { metadata: { annotations: { 'reconcile.fluxcd.io/requestedAt': new Date(at).toISOString() } } }).catch(() => undefined);
};

/** Waits until every Kustomization and HelmRelease of a cluster is Ready. Asks Flux to read git first; changes nothing else. */
export const fluxStep = (site: Site, cluster: Cluster, needs: readonly string[], deadlines: ApplicationDeadlines = applicationDeadlines(site.local)): Step => ({
  id: `applications:${cluster.name}`,
  title: `Waits for Flux on ${cluster.name}`,
  needs,
  at: cluster.at,
  run: async ({ signal, note }) => {
    const expected = await expectedKustomizations(site.tree, cluster.name);
    let isRefreshed = false;
    // The oldest of what is unwell got its turn when everything it waits for was well.
    const turnSince = new Map<string, number>();
    const count = await waitFor({
      what: `Flux on ${cluster.name}`,
      at: cluster.at,
      clock: site.clock,
      signal,
      note,
      everyMs: deadlines.everyMs,
      deadlineMs: deadlines.eachMs * (expected.length + 1),
      fix: 'See what Flux says: argoeks status. Mend the cause, then continue with --resume.',
      look: async () => {
        const kube = await site.kube(cluster);
        if (!kube) return { cause: `the API server of ${cluster.name} is not there` };
        if (!isRefreshed) {
          await refresh(kube, site.clock.now());
          isRefreshed = true;
        }
        const states = new Map((await readFlux(cluster.name, kube)).map((state) => [state.name, state]));
        const unwell = expected.filter((name) => { const state = states.get(name); return !state || !isSettled(state); });
        if (unwell.length === 0) return { value: expected.length };
        const present = unwell.flatMap((name) => states.get(name) ?? []).sort((a, b) => a.wave - b.wave);
        const first = present.find(({ name }) => name !== fluxRoot) ?? present[0];
        if (!first) return { cause: `${unwell.length} of ${expected.length} Kustomizations are not there yet` };
        const now = site.clock.now();
        const turn = present.filter(({ wave }) => wave === first.wave);
        for (const { name } of turn) turnSince.set(name, turnSince.get(name) ?? now);
        const late = turn.filter(({ name }) => now - (turnSince.get(name) ?? now) >= deadlines.eachMs);
        if (late.length > 0) {
          throw new StepFailure(late.map((state) => ({
            code: 'ops/application-not-healthy',
            severity: 'error',
            at: cluster.at,
            summary: `${cluster.name}: after ${Math.round(deadlines.eachMs / 1000)} s ${words(state)}${state.causes.slice(1, 4).map((each) => `; ${each}`).join('')}.`,
            fix: `See all of it with: kubectl -n ${fluxNamespace} describe kustomization,helmrelease ${state.name}. Mend the cause, then continue with --resume.`,
          })));
        }
        return { cause: `${expected.length - unwell.length}/${expected.length} well; ${words(first)}` };
      },
    });
    return { summary: `${count} Kustomizations are Ready, and so is what they brought` };
  },
});
