import { EksAddon } from '#bindings/aws/eks-addon.js';
import { EksPodIdentityAssociation } from '#bindings/aws/eks-pod-identity-association.js';
import type { ITerraformDependable } from 'cdktn';
import { Construct } from 'constructs';
import { json } from './expression.ts';
import type { Lookups } from './lookups.ts';

/** One EKS add-on. */
export interface ClusterAddonProps {
  readonly addon: string;
  /** Absent: EKS' default for the cluster's version. */
  readonly version?: string;
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly roleArn?: string;
  /** Resource name → service account that gets its role through EKS Pod Identity. Apart from the add-on: builds of some refuse them inside. */
  readonly podIdentities?: Readonly<Record<string, { readonly namespace: string; readonly serviceAccount: string; readonly roleArn: string }>>;
  /** Argo CD does not wait for these: one that fails must not keep the rest of the platform away. */
  readonly isOptional?: true;
  /** Resource names of the add-ons that have to run before, where they are made. */
  readonly after?: Readonly<Record<string, true>>;
}

/** EKS managed add-ons, once nodes can run them. File `addons.tf`. */
export class ClusterAddons extends Construct {
  /** What others wait for. */
  readonly addons: readonly EksAddon[];

  constructor(scope: Construct, { cluster }: Lookups, each: Readonly<Record<string, ClusterAddonProps>>, after: readonly ITerraformDependable[]) {
    super(scope, 'addons');
    const made: Record<string, EksAddon> = {};
    const firsts = Object.entries(each).toSorted(([, a], [, b]) => Number(a.after !== undefined) - Number(b.after !== undefined));
    for (const [id, { addon, version, configuration, roleArn, podIdentities = {}, after: others = {} }] of firsts) {
      const identities = Object.entries(podIdentities).map(([account, { namespace, ...identity }]) =>
        new EksPodIdentityAssociation(this, `eks-pod-identity-association.${account}`, { clusterName: cluster.name, namespace, ...identity }));
      const before = Object.keys(others).flatMap((other) => made[other] ?? []);
      made[id] = new EksAddon(this, `eks-addon.${id}`, {
        clusterName: cluster.name, addonName: addon,
        ...(version === undefined ? {} : { addonVersion: version }),
        ...(Object.keys(configuration).length === 0 ? {} : { configurationValues: json(configuration) }),
        ...(roleArn === undefined ? {} : { serviceAccountRoleArn: roleArn }),
        // Left behind, an add-on's volumes and interfaces would keep the VPC from being deleted.
        preserve: false,
        resolveConflictsOnCreate: 'OVERWRITE', resolveConflictsOnUpdate: 'OVERWRITE',
        dependsOn: [...after, ...identities, ...before],
      });
    }
    this.addons = Object.entries(made).flatMap(([id, one]) => (each[id]?.isOptional === true ? [] : [one]));
  }
}
