import { systemClock } from '../../adapters/clock.ts';
import { diskAt } from '../../adapters/disk.ts';
import { packFunctions, writePackages } from '../../adapters/function-packages.ts';
import { systemProcesses } from '../../adapters/process.ts';
import { terraformProgram } from '../../adapters/terraform.ts';
import type { Span } from '../../diag/diagnostic.ts';
import { chartPins } from '../../compile/catalog-facts.ts';
import { render } from '../../compile/compile.ts';
import { chartRepository, pinOf } from '../../emit/argocd/application.ts';
import type { Component } from '../../model/component.ts';
import type { EnvironmentPlan, Plan } from '../../model/plan.ts';
import type { Site } from '../../ops/site.ts';
import type { Step } from '../../ops/step.ts';
import { StepFailure } from '../../ops/step.ts';
import type { FaultPlan } from '../../sim/provider/store/faults.ts';
import { startProviders } from '../../sim/provider/start.ts';
import { openFileStore, wasCutOff } from '../../sim/provider/store/file-store.ts';
import type { MirroredChart } from '../charts/mirror.ts';
import { failureFinding, LocalFailure } from '../failure.ts';
import { openWorld, worldDirOf, type LocalWorld, type WorldEvent } from '../world.ts';
import { fluxNamespace } from '../../units/flux-names.ts';
import { AccountHooks } from './account-hooks.ts';
import { ensureMirror } from './chart-mirror.ts';
import { knownObjects, readDocuments } from './known-objects.ts';
import { localAws } from './local-aws.ts';
import { localHelmPort } from './helm-port.ts';
import { LocalHelm } from './local-helm.ts';
import { stageTree } from './stage.ts';
import { terraformObjects } from './terraform-objects.ts';
import { providerHooks } from './provider-hooks.ts';

export interface LocalSiteOptions {
  /** Repository whose configuration is brought up. */
  readonly directory: string;
  readonly plan: Plan;
  readonly environment: EnvironmentPlan;
  /** Where a function of the environment was asked for, by its name. */
  readonly functionAt: (name: string) => Span;
  readonly components: readonly Component[];
  readonly onProgress?: (event: WorldEvent) => void;
  readonly onCommand?: (directory: string, words: readonly string[]) => void;
  /** Failures of the simulated account. */
  readonly faults?: FaultPlan;
}

export interface OpenLocalSite {
  readonly site: Site;
  readonly world: LocalWorld;
  readonly charts: readonly MirroredChart[];
  close(): Promise<void>;
}

/** Repository of ArgoEKS itself, whose `local/tools` pins the programs. */
const productDirectory = new URL('../../..', import.meta.url).pathname;

/** Turns what failed on this machine into a finding. */
const asFinding = async <T>(site: Pick<Site, 'environment'>, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof LocalFailure)) throw error;
    throw new StepFailure([failureFinding(error, site.environment.at)], { cause: error });
  }
};

/** Opens the local platform for one environment: world, charts, staged output, simulated account. Throws `StepFailure`. */
export const openLocalSite = async (options: LocalSiteOptions): Promise<OpenLocalSite> => {
  const { directory, plan, environment: planned, components, onProgress, onCommand, faults } = options;
  const { environment, clusters } = planned;
  const engines = [...new Set(environment.clusters.map(({ engine }) => engine))];
  return asFinding({ environment }, async () => {
    const world = await openWorld({ repoDir: directory, toolsRepoDir: productDirectory, engines, ...(onProgress ? { onProgress } : {}) });
    const records = diskAt(worldDirOf(directory));
    const charts = await ensureMirror(records, clusters);
    const { url: mirrorUrl } = await world.ensureCharts(records.path('charts'));
    const work = diskAt(records.path(`work/${environment.name}`));
    const { gitops } = plan.platform;
    const releases = clusters.flatMap((c) => c.components.flatMap((p) => p.workload.releases));
    const chartRepositories = [...new Set(releases.flatMap((r) => (r.kind === 'chart' ? [chartRepository(gitops, pinOf(chartPins, r))] : [])))];
    const repository = diskAt(directory);
    const documents = (await Promise.all(readDocuments(environment).map(async (path) => ({ path, text: await repository.read(path) })))).flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
    await stageTree(work, {
      artifacts: await render(plan, components, chartPins),
      documents,
      environment: environment.name,
      clusters: environment.clusters.map((c) => c.name),
      repoUrl: gitops.repoUrl,
      chartRepositories,
      gitUrl: engines.includes('flux') ? (await world.ensureGit()).url : world.gitUrl,
      mirrorUrl,
      stateDirectory: records.path('state'),
    });
    const { packed, diagnostics } = await packFunctions(directory, environment, options.functionAt);
    if (diagnostics.length > 0) throw new StepFailure(diagnostics);
    await writePackages(work.path(''), packed);
    const hooks = new AccountHooks({ world, plan: planned, records });
    const kubernetesVersion = environment.clusters[0]?.kubernetes.version ?? '1.35';
    const helm = new LocalHelm({
      processes: systemProcesses,
      clock: systemClock,
      program: world.toolPath('helm'),
      kubernetesVersion: /^\d+\.\d+$/.test(kubernetesVersion) ? `${kubernetesVersion}.0` : kubernetesVersion,
      chartPath: (cluster, chart, version) => charts.find((c) => c.cluster === cluster && c.name === chart && (version === undefined || c.version === version))?.path,
      records,
    });
    const accountFile = records.path('aws.json');
    const known = wasCutOff(accountFile) ? await terraformObjects(records, 'state', systemClock) : undefined;
    // Releases of two clusters have one name; what was cut off of them is told by the account itself.
    const store = openFileStore(accountFile, ({ type, id }) => !known || type === 'helm_release' || known.has(`${type} ${id}`) || known.has(`${type} *`));
    for (const object of knownObjects(environment)) if (store.get(object.type, object.region, object.id) === undefined) store.put(object);
    const kube = (cluster: string) => hooks.kube(cluster);
    const account = await startProviders({
      store,
      accountId: environment.accountId,
      partition: environment.partition,
      region: environment.regions[0] ?? 'us-east-1',
      hooks: providerHooks(hooks),
      helm: localHelmPort({ world, helm, environment: environment.name, treeDirectory: work.path(''), kube }),
      ...(faults ? { faults } : {}),
    }).catch((error: unknown) => {
      store.close();
      throw error;
    });
    await records.write('empty.tfrc', '');
    const terraform = terraformProgram({
      processes: systemProcesses,
      program: world.toolPath('terraform'),
      lockTimeoutS: 30,
      env: { ...account.env, TF_CLI_CONFIG_FILE: records.path('empty.tfrc'), AWS_PROFILE: undefined, AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined },
      ...(onCommand ? { onCommand } : {}),
    });
    const before: readonly Step[] = [
      {
        id: 'local:publish',
        title: 'Publishes the output to the git remote of this machine',
        needs: [],
        at: environment.at,
        isRepeated: true,
        run: async () => {
          const { revision } = await asFinding({ environment }, () => world.publish(work.path('')));
          return { summary: `commit ${revision.slice(0, 10)}`, unchanged: true };
        },
      },
      {
        id: 'local:repair',
        title: 'Brings back control planes of clusters that exist',
        needs: [],
        at: environment.at,
        isRepeated: true,
        run: async () => {
          const existing = store.list('aws_eks_cluster').map((o) => o.attributes);
          for (const attributes of existing) await asFinding({ environment }, () => hooks.clusterCreated(attributes));
          const hub = existing.some((a) => a['name'] === environment.hub) && (await records.read(`releases/${environment.hub}/argocd.argo-cd.json`)) !== undefined;
          for (const { name } of environment.clusters.filter(({ engine }) => engine === 'flux')) {
            const isInstalled = existing.some((a) => a['name'] === name) && (await records.read(`releases/${name}/${fluxNamespace}.flux.json`)) !== undefined;
            if (isInstalled) await asFinding({ environment }, () => world.ensureFlux(name));
          }
          if (hub) await asFinding({ environment }, () => world.ensureArgoCd(environment.hub));
          return { summary: existing.length > 0 ? `${existing.length} control planes run` : 'no cluster exists yet', unchanged: true };
        },
      },
    ];
    const site: Site = {
      environment,
      local: true,
      tree: work,
      records,
      clock: systemClock,
      processes: systemProcesses,
      terraform,
      aws: localAws(store, environment.accountId, environment.partition),
      kube: (cluster) => hooks.kube(cluster.name),
      extra: { before },
    };
    return {
      site,
      world,
      charts,
      close: async () => {
        await account.stop();
        store.close();
      },
    };
  });
};
