import { z } from 'zod';
import { addons } from '../../catalog/addons.ts';
import type { AddonId } from '../../catalog/addons.ts';
import type { Cluster } from '../config/platform.ts';
import type { IamRoleNeed } from '../model/infra.ts';
import type { AddonRelease, StandInWorkload, Values } from '../model/workload.ts';
import { workloadRole } from './identity.ts';

/** What every optional EKS add-on can be told. */
export const addonSettings = {
  addon_version: z.string().regex(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/, { error: 'is not the version of an EKS add-on such as "v1.2.3-eksbuild.1"' }).optional().meta({ description: 'Exact build; absent: the one of the catalogue for its Kubernetes version, else EKS\' default.' }),
  configuration: z.record(z.string(), z.unknown()).default({}).meta({ description: 'Further `configuration_values`, in the add-on\'s own spelling; they win over ours.' }),
};

interface Told {
  readonly addon_version?: string | undefined;
  readonly configuration: Values;
}

/** One optional add-on as a release. EKS makes and deletes its namespace, so that nobody else owns it; only the stand-in brings one. */
export const addonRelease = (addon: AddonId, namespace: string, told: Told, own: { readonly configuration?: Values; readonly roleArn?: string; readonly podIdentities?: NonNullable<AddonRelease['podIdentities']>; readonly workloads: readonly StandInWorkload[] }): AddonRelease => ({
  kind: 'eks-addon',
  name: addons[addon].name,
  namespace,
  addon: addons[addon].name,
  configuration: { ...own.configuration, ...told.configuration },
  ...(told.addon_version === undefined ? {} : { version: told.addon_version }),
  ...(own.roleArn === undefined ? {} : { roleArn: own.roleArn }),
  ...(own.podIdentities === undefined ? {} : { podIdentities: own.podIdentities }),
  standIn: {
    workloads: own.workloads,
    ...(namespace === 'kube-system' ? {} : { objects: [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }] }),
  },
});

/** Role that a service account gets through EKS Pod Identity. */
export const podIdentityRole = (...need: Parameters<typeof workloadRole>): IamRoleNeed => ({ ...workloadRole(...need), through: 'pod-identity' });

/** ARN of a cluster, known before it exists. */
export const clusterArn = ({ partition, region, accountId, name }: Cluster): string => `arn:${partition}:eks:${region}:${accountId}:cluster/${name}`;

/** Tolerates every taint, Cilium's startup taint among them: the add-on's own default, written down where it can be. */
export const everywhere = [{ operator: 'Exists' }] as const;
