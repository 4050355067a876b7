import { Release } from '#bindings/helm/release.js';
import type { ITerraformDependable } from 'cdktn';
import type { Construct } from 'constructs';
import { expression } from './expression.ts';

/** A chart that Terraform installs first and Argo CD adopts with the same files of values. */
export interface ChartReleaseProps {
  readonly name: string;
  readonly namespace: string;
  readonly createNamespace: boolean;
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  readonly skipCrds: boolean;
  /** For what the GitOps engine may have brought before Terraform was asked to: Helm otherwise refuses objects that are not its own. */
  readonly takeOwnership: boolean;
  /** Files of values relative to the root, in the order they are laid over one another. */
  readonly valueFiles: readonly string[];
}

/** Path of a file below the repository, from where the root stands. */
export const fromHere = (path: string): string => `\${path.module}/${path}`;

/**
 * Installs a chart. `wait` is off for the CNI: its operator needs a node, and the nodes need the CNI. An interrupted first
 * installation is taken up again instead of failing on the name.
 */
export const chartRelease = (scope: Construct, id: string, props: ChartReleaseProps, order: { readonly wait: boolean; readonly after: readonly ITerraformDependable[] }): Release =>
  new Release(scope, `release.${id}`, {
    name: props.name, namespace: props.namespace, ...(props.createNamespace ? { createNamespace: true } : {}),
    repository: props.repository, chart: props.chart, version: props.version,
    ...(props.skipCrds ? { skipCrds: true } : {}),
    ...(props.takeOwnership ? { takeOwnership: true } : {}),
    wait: order.wait, timeout: 900, upgradeInstall: true,
    values: props.valueFiles.map((path) => expression(`file("${fromHere(path)}")`)),
    dependsOn: [...order.after],
  });

/** A chart of our own that stands in this repository; `values` may refer to what Terraform knows. */
export const ownChart = (scope: Construct, id: string, props: { readonly name: string; readonly namespace: string; readonly path: string; readonly values: string }, after: readonly ITerraformDependable[]): Release =>
  new Release(scope, `release.${id}`, {
    name: props.name, namespace: props.namespace, chart: fromHere(props.path), upgradeInstall: true, values: [props.values], dependsOn: [...after],
  });
