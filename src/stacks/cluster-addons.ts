import { EksAddon } from '#bindings/aws/eks-addon.js';
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
}

/** EKS managed add-ons, once nodes can run them. File `addons.tf`. */
export class ClusterAddons extends Construct {
  readonly addons: readonly EksAddon[];

  constructor(scope: Construct, { cluster }: Lookups, each: Readonly<Record<string, ClusterAddonProps>>, after: readonly ITerraformDependable[]) {
    super(scope, 'addons');
    this.addons = Object.entries(each).map(([id, { addon, version, configuration, roleArn }]) =>
      new EksAddon(this, `eks-addon.${id}`, {
        clusterName: cluster.name, addonName: addon,
        ...(version === undefined ? {} : { addonVersion: version }),
        ...(Object.keys(configuration).length === 0 ? {} : { configurationValues: json(configuration) }),
        ...(roleArn === undefined ? {} : { serviceAccountRoleArn: roleArn }),
        // Left behind, an add-on's volumes and interfaces would keep the VPC from being deleted.
        preserve: false,
        resolveConflictsOnCreate: 'OVERWRITE', resolveConflictsOnUpdate: 'OVERWRITE',
        dependsOn: [...after],
      }));
  }
}
