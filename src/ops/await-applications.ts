import type { Cluster } from '../config/platform.ts';
import type { Kube, KubeQuery } from '../ports/kube.ts';
import { argocdNamespace, platformApplication } from '../units/wellknown.ts';
import { applicationState, isSettled, type ApplicationState } from './applications.ts';
import { explainWorkloads } from './explain-workloads.ts';
import { expectedApplications, type ExpectedApplication } from './expected-applications.ts';
import type { Site } from './site.ts';
import type { Step, StepContext, StepOutcome } from './step.ts';
import { StepFailure } from './step.ts';
import { waitFor, type Look } from './wait.ts';

const applications: KubeQuery = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: argocdNamespace };

/** Deadlines of the waits on Argo CD, in milliseconds. */
export interface ApplicationDeadlines {
  /** For one Application, counted from when everything of an earlier wave was well. */
  readonly eachMs: number;
  /** Between two looks. */
  readonly everyMs: number;
  /** Between two requests to look again at what is not well: Argo CD overlooks some changes of health, of CRDs for example, until its next poll. */
  readonly refreshMs: number;
}

/** A database or a GPU image can take a quarter of an hour on real nodes; simulated ones need seconds, on a busy machine minutes. */
export const applicationDeadlines = (local: boolean): ApplicationDeadlines => (local ? { eachMs: 300_000, everyMs: 1_500, refreshMs: 8_000 } : { eachMs: 900_000, everyMs: 5_000, refreshMs: 60_000 });

const hubKube = async (site: Site): Promise<Kube | undefined> => {
  const hub = site.environment.clusters.find((c) => c.name === site.environment.hub);
  return hub ? site.kube(hub) : undefined;
};

/** Asks Argo CD to look at applications again now, instead of at its next poll. */
const refresh = async (kube: Kube, names: readonly string[]): Promise<void> => {
  for (const name of names)
    await kube.patch(applications, name, { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } }).catch(() => undefined);
};

/** The first application that is not well and has nothing unwell before it: what everything else waits for. */
const firstUnwell = (expected: readonly ExpectedApplication[], states: ReadonlyMap<string, ApplicationState>): ExpectedApplication | undefined =>
  expected.find(({ name }) => {
    const state = states.get(name);
    return !state || !isSettled(state);
  });

/** Applications of the first wave that is not well, whose turn it is: those that exist and have no request pending. */
const unwellFirst = (expected: readonly ExpectedApplication[], found: readonly ApplicationState[]): readonly string[] => {
  const states = new Map(found.map((s) => [s.name, s]));
  const wave = firstUnwell(expected, states)?.wave;
  return expected.flatMap(({ name, wave: own }) => {
    const state = states.get(name);
    return own === wave && state && !state.refreshing && !isSettled(state) ? [name] : [];
  });
};

/** Sums up how far a cluster is, and keeps a deadline per application from the moment its turn came. */
const judge = (site: Site, cluster: Cluster, expected: readonly ExpectedApplication[], deadlines: ApplicationDeadlines) => {
  const turnSince = new Map<string, number>();
  return async (found: readonly ApplicationState[], explain: (name: string) => Promise<readonly string[]>): Promise<Look<number>> => {
    const states = new Map(found.map((s) => [s.name, s]));
    const first = firstUnwell(expected, states);
    if (!first) return { value: expected.length };
    const turn = expected.filter((e) => e.wave === first.wave && !(states.get(e.name) && isSettled(states.get(e.name) as ApplicationState)));
    const now = site.clock.now();
    for (const { name } of turn) turnSince.set(name, turnSince.get(name) ?? now);
    const well = expected.filter((e) => states.has(e.name) && isSettled(states.get(e.name) as ApplicationState)).length;
    // What creates the missing ones: the root Application, or the app-of-apps of the cluster.
    const parents = found.filter((s) => !isSettled(s) && ['root', platformApplication(cluster.name)].includes(s.name)).map((s) => `${s.name} (${s.sync}, ${s.health}): ${s.causes[0] ?? 'a refresh is under way'}`);
    const words = (name: string): string => {
      const state = states.get(name);
      if (!state) return `${name}: not created yet${parents.length > 0 ? `; ${parents.join('; ')}` : ''}`;
      return `${name} (${state.sync}, ${state.health}): ${state.causes[0] ?? 'a refresh is under way'}`;
    };
    const late = turn.filter(({ name }) => now - (turnSince.get(name) ?? now) >= deadlines.eachMs);
    if (late.length > 0) {
      const causes = new Map(await Promise.all(late.map(async ({ name }): Promise<[string, readonly string[]]> => [name, [...(states.get(name)?.causes ?? []).slice(1, 4), ...(await explain(name))]])));
      throw new StepFailure(
        late.map(({ name }) => ({
          code: 'ops/application-not-healthy',
          severity: 'error',
          at: cluster.at,
          summary: `${cluster.name}: after ${Math.round(deadlines.eachMs / 1000)} s ${words(name)}${(causes.get(name) ?? []).map((c) => `; ${c}`).join('')}.`,
          fix: `See all of it with: kubectl -n ${argocdNamespace} describe application ${name}. Mend the cause, then continue with --resume.`,
        })),
      );
    }
    return { cause: `${well}/${expected.length} well; ${words(first.name)}` };
  };
};

/** Waits until every Application of a cluster is Synced and Healthy. Asks Argo CD to refresh first; changes nothing else. */
export const applicationsStep = (site: Site, cluster: Cluster, needs: readonly string[], deadlines: ApplicationDeadlines = applicationDeadlines(site.local)): Step => ({
  id: `applications:${cluster.name}`,
  title: `Waits for the applications of ${cluster.name}`,
  needs,
  at: cluster.at,
  run: async ({ signal, note }: StepContext): Promise<StepOutcome> => {
    const expected = await expectedApplications(site.tree, cluster.name);
    const look = judge(site, cluster, expected, deadlines);
    let isRefreshed = false;
    let askedAt = site.clock.now();
    const count = await waitFor({
      what: `the applications of ${cluster.name}`,
      at: cluster.at,
      clock: site.clock,
      signal,
      note,
      everyMs: deadlines.everyMs,
      deadlineMs: deadlines.eachMs * Math.max(1, new Set(expected.map((e) => e.wave)).size + 1),
      fix: 'See what Argo CD says: argoeks status. Mend the cause, then continue with --resume.',
      look: async () => {
        const kube = await hubKube(site);
        if (!kube) return { cause: `the API server of the hub ${site.environment.hub} is not there` };
        const found = await kube.list(applications);
        if (!isRefreshed && found.length > 0) {
          await refresh(kube, found.map((o) => o.metadata.name));
          isRefreshed = true;
          return { cause: 'Argo CD was asked to read git again' };
        }
        const states = found.map(applicationState);
        if (site.clock.now() - askedAt >= deadlines.refreshMs) {
          askedAt = site.clock.now();
          await refresh(kube, unwellFirst(expected, states));
        }
        return look(states, async (name) => {
          const application = found.find((o) => o.metadata.name === name);
          const own = application && (await site.kube(cluster));
          return own ? explainWorkloads(own, application) : [];
        });
      },
    });
    return { summary: `${count} applications are Synced and Healthy` };
  },
});
