/**
 * Renders the real charts with the values of the default configuration's components and prints, per release: version, number of objects,
 * values that the chart does not know, objects that the API server or Pod Security would refuse. Development only. Usage:
 * `node tools/catalog/render-charts.ts <charts-dir> [--helm <program>] [--everything]`, with `<charts-dir>/<id>/Chart.yaml`; a chart that is not there is
 * named and left out. `--everything` takes the configuration with every switch on instead. Exit 1 on any fault. Writes only to a temporary folder, which it
 * removes.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';
import { addons } from '../../catalog/addons.ts';
import type { AddonPin } from '../../catalog/addons.ts';
import { targetKubernetes } from '../../catalog/kubernetes.ts';
import { catalogFacts } from '../../src/compile/catalog-facts.ts';
import { resolve } from '../../src/compile/compile.ts';
import { components } from '../../src/components/registry.ts';
import type { ClusterPlan, Plan } from '../../src/model/plan.ts';
import type { NamespaceNeed, Release } from '../../src/model/workload.ts';
import { checkValues } from '../../src/verify/kubernetes/chart-values.ts';
import { podSecurityIssues } from '../../src/verify/kubernetes/pod-security.ts';
import { validateObject } from '../../src/verify/kubernetes/schemas.ts';
import { environmentNames, filesOf, platformOf } from '../../test/fixtures/everything.ts';
import { budgetFaults, imageFaults, labelFaults, refusals, requestFaults } from './rendered/claims.ts';
import { realPods } from './rendered/real-pods.ts';
import { apiFaults, portFaults, wayFaults, type ComponentPods } from './rendered/ways.ts';

const { values: { helm, everything }, positionals: [chartsDir] } = parseArgs({ allowPositionals: true, options: { helm: { type: 'string', default: 'helm' }, everything: { type: 'boolean', default: false } } });
if (chartsDir === undefined) throw new Error('usage: render-charts.ts <charts-dir> [--helm <program>] [--everything]');

const repositoryFiles = (): ReadonlyMap<string, string> => {
  const names = readdirSync('configuration', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  return new Map(names.map((name) => [`configuration/${name}`, readFileSync(join('configuration', name), 'utf8')]));
};

const chosenPlan = (): Plan => {
  const files = everything ? filesOf(environmentNames, platformOf(environmentNames, 'on')) : repositoryFiles();
  const lock = !everything && existsSync('argoeks.lock.yaml') ? readFileSync('argoeks.lock.yaml', 'utf8') : undefined;
  const { value, diagnostics } = resolve({ files, lock, components, facts: catalogFacts() });
  if (!value) throw new Error(diagnostics.map((one) => `${one.at.file}:${one.at.line} ${one.summary}`).join('\n'));
  return value.plan;
};

interface Planned {
  readonly release: Release;
  readonly namespaces: readonly NamespaceNeed[];
  /** Namespaces that Argo CD's project names. */
  readonly permitted: ReadonlySet<string>;
}

const planned = ({ components: all }: ClusterPlan): readonly Planned[] => {
  const namespaces = all.flatMap(({ workload }) => workload.namespaces);
  const releases = all.flatMap(({ workload }) => workload.releases);
  const permitted = new Set([...namespaces.map(({ name }) => name), ...releases.flatMap((release) => [release.namespace, ...(release.kind === 'chart' ? (release.alsoIn ?? []) : [])])]);
  return releases.map((release) => ({ release, namespaces, permitted }));
};

const temporary = mkdtempSync(join(tmpdir(), 'render-charts-'));
const template = (release: Extract<Release, { kind: 'chart' }>, chart: string): { readonly objects: readonly unknown[]; readonly error?: string } => {
  const files = [release.values, release.clusterValues].flatMap((values, i) => {
    const file = join(temporary, `${i}.json`);
    writeFileSync(file, JSON.stringify(values));
    return ['--values', file];
  });
  const options = ['--namespace', release.namespace, ...(release.skipCrds === true ? [] : ['--include-crds']), '--kube-version', `${targetKubernetes}.0`, '--api-versions', 'monitoring.coreos.com/v1', ...files];
  try {
    const text = execFileSync(helm, ['template', release.name, chart, ...options], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 256 * 1024 * 1024 });
    return { objects: parseAllDocuments(text).map((document) => document.toJS({ maxAliasCount: -1 }) as unknown).filter((object) => object !== null) };
  } catch (error) {
    return { objects: [], error: String((error as { stderr?: unknown }).stderr ?? error).trim() };
  }
};

const named = (object: unknown): { readonly name: string; readonly namespace?: string } => {
  const { kind, metadata } = object as { readonly kind?: string; readonly metadata?: { readonly name?: string; readonly namespace?: string } };
  return { name: `${kind ?? '?'}/${metadata?.name ?? '?'}`, ...(metadata?.namespace === undefined ? {} : { namespace: metadata.namespace }) };
};

const objectFaults = (objects: readonly unknown[], { release, namespaces, permitted }: Planned): readonly string[] =>
  objects.flatMap((object) => {
    const { name, namespace = release.namespace } = named(object);
    const level = namespaces.find((one) => one.name === namespace)?.podSecurity ?? 'privileged';
    const foreign = permitted.has(namespace) ? [] : [`${name}: Argo CD's project does not name namespace ${namespace}; add it to \`alsoIn\``];
    return [...foreign, ...[...validateObject(object), ...podSecurityIssues(object, level)].map(({ path, message }) => `${name} ${path}: ${message}`)];
  });

const workloadKinds = new Set(['Deployment', 'DaemonSet', 'StatefulSet']);

/** Differences between what a stand-in promises the local platform and what the real chart creates: names, replicas, service accounts, definitions. */
const standInFaults = (objects: readonly unknown[], { release }: Planned): readonly string[] => {
  if (release.kind !== 'chart') return [];
  const real = new Map(objects.map((object) => [named(object).name, object as { readonly spec?: { readonly replicas?: number; readonly template?: { readonly spec?: { readonly serviceAccountName?: string } } } }]));
  const promised = new Set(release.standIn.workloads.map((workload) => `${workload.kind}/${workload.name}`));
  const faults = [...real.keys()].filter((name) => workloadKinds.has(name.split('/')[0] ?? '') && !promised.has(name)).map((name) => `stand-in lacks ${name}`);
  for (const workload of release.standIn.workloads) {
    const name = `${workload.kind}/${workload.name}`;
    const spec = real.get(name)?.spec;
    // An operator makes these from an object of its own kind.
    const [, operated, of] = /^StatefulSet\/(prometheus|alertmanager)-(.+)$/.exec(name) ?? [];
    if (operated !== undefined && real.has(`${operated === 'prometheus' ? 'Prometheus' : 'Alertmanager'}/${of}`)) continue;
    if (!spec) faults.push(`stand-in has ${name}, the chart does not`);
    else {
      const account = spec.template?.spec?.serviceAccountName ?? 'default';
      if (workload.serviceAccount !== undefined && workload.serviceAccount !== account) faults.push(`${name} runs as ${account}, not ${workload.serviceAccount}`);
      if (workload.kind !== 'DaemonSet' && (workload.replicas ?? 1) !== (spec.replicas ?? 1)) faults.push(`${name} has ${spec.replicas ?? 1} replicas, not ${workload.replicas ?? 1}`);
    }
    if (workload.roleArn !== undefined && workload.serviceAccount !== undefined) {
      const annotations = (real.get(`ServiceAccount/${workload.serviceAccount}`) as { readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> } } | undefined)?.metadata?.annotations;
      if (annotations?.['eks.amazonaws.com/role-arn'] !== workload.roleArn) faults.push(`ServiceAccount/${workload.serviceAccount} lacks the annotation of its role`);
    }
  }
  return faults;
};

/** A release that was rendered with its real chart. */
interface Rendered extends ComponentPods {
  readonly release: Extract<Release, { kind: 'chart' }>;
  readonly objects: readonly unknown[];
}

const itemsOf = (object: unknown): readonly unknown[] | undefined => {
  const { kind, items } = object as { readonly kind?: string; readonly items?: readonly unknown[] };
  return kind?.endsWith('List') ? items : undefined;
};

const renderedCharts = ({ components: all }: ClusterPlan): readonly Rendered[] =>
  all.flatMap(({ id: component, workload }) =>
    workload.releases.flatMap((release): readonly Rendered[] => {
      if (release.kind !== 'chart' || typeof release.chart !== 'string' || !existsSync(join(chartsDir, release.chart, 'Chart.yaml'))) return [];
      // Some charts wrap objects into a list, monitors for example.
      const objects = template(release, join(chartsDir, release.chart)).objects.flatMap((object) => itemsOf(object) ?? [object]);
      return [{ component, release, objects, pods: realPods(objects, release.namespace) }];
    }),
  );

/** What the platform says of real charts and is otherwise: labels, ports, ways, images, budgets, and what its own policies would refuse. */
const claims = (plan: ClusterPlan): readonly string[] => {
  const rendered = renderedCharts(plan);
  const all = rendered.flatMap(({ pods }) => pods);
  return rendered.flatMap((one) => {
    const { component, release, objects, pods } = one;
    return [
      ...labelFaults(plan, component, pods, all),
      ...portFaults(plan, one),
      ...wayFaults(plan, objects, rendered, release.namespace),
      ...apiFaults(plan, objects, one),
      ...requestFaults(release, pods),
      ...imageFaults(release, pods),
      ...refusals(plan, release, objects),
      ...budgetFaults(objects, pods, release.namespace),
    ].map((fault) => `${release.name}: ${fault}`);
  });
};

const check = (one: Planned): { readonly title: string; readonly faults: readonly string[] } => {
  const { release } = one;
  if (release.kind === 'manifests') {
    const objects = [...release.manifests, ...release.clusterManifests];
    return { title: `manifests: ${objects.length} objects`, faults: objectFaults(objects, one) };
  }
  const standIn = objectFaults(release.standIn.objects ?? [], one);
  if (release.kind === 'eks-addon') {
    const addon: AddonPin | undefined = Object.values(addons).find((pin) => pin.name === release.addon);
    const unknown = Object.keys(release.configuration).filter((key) => !addon?.configurationKeys.includes(key));
    return { title: `add-on ${release.addon} ${addon?.version ?? '?'}`, faults: [...unknown.map((key) => `configuration: "${key}" is not a key of the add-on`), ...standIn] };
  }
  if (typeof release.chart !== 'string') return { title: 'chart of its own', faults: standIn };
  const id = release.chart;
  if (!existsSync(join(chartsDir, id))) return { title: `chart ${id}: NOT RENDERED, it is not in ${chartsDir}`, faults: standIn };
  const { version } = parse(readFileSync(join(chartsDir, id, 'Chart.yaml'), 'utf8')) as { readonly version: string };
  const { objects, error } = template(release, join(chartsDir, id));
  const values = [release.values, release.clusterValues].flatMap((given) => checkValues(id, given).map(({ path, message }) => `value ${path}: ${message}`));
  return { title: `chart ${id} ${version}: ${objects.length} objects`, faults: [...(error === undefined ? [] : [`render: ${error}`]), ...values, ...objectFaults(objects, one), ...standIn, ...(error === undefined ? standInFaults(objects, one) : [])] };
};

let faults = 0;
for (const { clusters } of chosenPlan().environments) {
  for (const plan of clusters) {
    process.stdout.write(`${plan.cluster.name}\n`);
    for (const one of planned(plan)) {
      const result = check(one);
      faults += result.faults.length;
      process.stdout.write(`  ${one.release.name} ${result.title}\n${result.faults.map((fault) => `    ${fault}\n`).join('')}`);
    }
    const report = claims(plan);
    faults += report.length;
    process.stdout.write(`  claims\n${report.map((fault) => `    ${fault}\n`).join('')}`);
  }
}
rmSync(temporary, { recursive: true, force: true });
process.exitCode = faults > 0 ? 1 : 0;
