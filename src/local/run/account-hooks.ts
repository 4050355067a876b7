import { kubeOf } from '../../adapters/kube.ts';
import { systemClock } from '../../adapters/clock.ts';
import type { EnvironmentPlan } from '../../model/plan.ts';
import type { AddonRelease } from '../../model/workload.ts';
import type { Disk } from '../../ports/disk.ts';
import type { Kube } from '../../ports/kube.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { renderStandIn } from '../charts/stand-in.ts';
import { LocalFailure } from '../failure.ts';
import type { LocalWorld } from '../world.ts';
import { applyObjects, removeObjects, waitForWorkloads } from './cluster-objects.ts';
import { instanceFacts } from './instance-facts.ts';
import { nodeSpecs, type NodeGroup } from './node-specs.ts';

/** Attributes of a simulated AWS object, as Terraform sees them. */
export type Attributes = Readonly<Record<string, unknown>>;

export interface HookOptions {
  readonly world: LocalWorld;
  readonly plan: EnvironmentPlan;
  /** Where kubeconfigs are read: `.argoeks/local`. */
  readonly records: Disk;
}

/** Milliseconds a node may take to turn Ready; EKS itself gives up after 35 minutes, real time is not simulated. */
const nodeReadyMs = 120_000;
const addonReadyMs = 120_000;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
const first = (value: unknown): Attributes => (Array.isArray(value) ? ((value[0] ?? {}) as Attributes) : ((value ?? {}) as Attributes));
const strings = (value: unknown): Readonly<Record<string, string>> => Object.fromEntries(Object.entries((value ?? {}) as Attributes).map(([k, v]) => [k, String(v)]));

/** What the simulated account does to the local world when EKS objects come and go. Throws an `Error` in AWS's words. */
export class AccountHooks {
  readonly #options: HookOptions;

  constructor(options: HookOptions) {
    this.#options = options;
  }

  /** A cluster's API, or undefined when its control plane is not there. */
  async kube(cluster: string): Promise<Kube | undefined> {
    const kubeconfig = await this.#options.records.read(`kubeconfig-${cluster}.yaml`);
    return kubeconfig === undefined ? undefined : kubeOf(kubeconfig);
  }

  /** Starts the control plane; returns what EKS computes. */
  async clusterCreated(attributes: Attributes): Promise<{ readonly endpoint: string; readonly certificateAuthority: string }> {
    const answer = await this.#options.world.ensureControlPlane(text(attributes['name']), { kubernetesVersion: text(attributes['version']) });
    return { endpoint: answer.endpoint, certificateAuthority: answer.caBase64 };
  }

  clusterDeleted(attributes: Attributes): Promise<void> {
    return this.#options.world.removeControlPlane(text(attributes['name']));
  }

  #group(attributes: Attributes): NodeGroup {
    const cluster = text(attributes['cluster_name']);
    const planned = this.#options.plan.clusters.find((c) => c.cluster.name === cluster)?.cluster;
    const scaling = first(attributes['scaling_config']);
    return {
      cluster,
      name: text(attributes['node_group_name']),
      region: planned?.region ?? 'us-east-1',
      zones: planned?.zones ?? [],
      instanceTypes: texts(attributes['instance_types']),
      amiType: text(attributes['ami_type']),
      desired: Number(scaling['desired_size'] ?? 1),
      labels: strings(attributes['labels']),
      taints: (Array.isArray(attributes['taint']) ? (attributes['taint'] as readonly Attributes[]) : []).map((t) => ({ key: text(t['key']), value: text(t['value']), effect: text(t['effect']) })),
    };
  }

  /** Nodes join, and the group is only made when all are Ready: without a CNI it fails as at AWS. */
  async nodeGroupCreated(attributes: Attributes): Promise<void> {
    const group = this.#group(attributes);
    const nodes = nodeSpecs(group, instanceFacts);
    await this.#options.world.createNodes(group.cluster, nodes);
    try {
      await this.#options.world.waitNodesReady(group.cluster, nodes.map((n) => n.name), nodeReadyMs);
    } catch (error) {
      if (!(error instanceof LocalFailure)) throw error;
      const ids = nodes.map((n) => n.providerId?.split('/').at(-1)).join(', ');
      throw new Error(`waiting for EKS Node Group (${group.cluster}:${group.name}) create: unexpected state 'CREATE_FAILED', wanted target 'ACTIVE'. last error: ${ids}: NodeCreationFailure: Instances failed to join the kubernetes cluster (${error.reason})`, { cause: error });
    }
  }

  async nodeGroupDeleted(attributes: Attributes): Promise<void> {
    const group = this.#group(attributes);
    if (await this.kube(group.cluster)) await this.#options.world.deleteNodes(group.cluster, nodeSpecs(group, instanceFacts).map((n) => n.name));
  }

  #addonObjects(attributes: Attributes): { readonly cluster: string; readonly objects: readonly KubeObject[] } {
    const cluster = text(attributes['cluster_name']);
    const name = text(attributes['addon_name']);
    const releases = this.#options.plan.clusters.find((c) => c.cluster.name === cluster)?.components.flatMap((c) => c.workload.releases) ?? [];
    const release = releases.find((r): r is AddonRelease => r.kind === 'eks-addon' && r.addon === name);
    return { cluster, objects: release ? renderStandIn(release.standIn, { name: release.name, namespace: release.namespace }) : [] };
  }

  /** The add-on's workloads come up; it is active when they are all ready. */
  async addonCreated(attributes: Attributes): Promise<void> {
    const { cluster, objects } = this.#addonObjects(attributes);
    const kube = await this.kube(cluster);
    if (!kube) throw new Error(`ResourceNotFoundException: No cluster found for name: ${cluster}.`);
    await applyObjects(kube, objects, systemClock);
    const missing = await waitForWorkloads(kube, objects, systemClock, addonReadyMs);
    if (missing) throw new Error(`waiting for EKS Add-On (${cluster}:${text(attributes['addon_name'])}) create: timeout while waiting for state to become 'ACTIVE' (last state: 'DEGRADED'): ${missing}`);
  }

  async addonDeleted(attributes: Attributes): Promise<void> {
    const { cluster, objects } = this.#addonObjects(attributes);
    const kube = await this.kube(cluster);
    if (kube) await removeObjects(kube, objects);
  }
}

