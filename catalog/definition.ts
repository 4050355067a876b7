/** A custom resource definition as `catalog/crds/` keeps it. */
export interface KeptDefinition {
  readonly name: string;
  /** Value of the annotation `api-approved.kubernetes.io`, for groups below k8s.io. */
  readonly approved?: string;
  readonly group: string;
  readonly scope: string;
  readonly names: Readonly<Record<string, unknown>>;
  readonly versions: readonly {
    readonly name: string;
    readonly served: boolean;
    readonly storage: boolean;
    readonly subresources?: Readonly<Record<string, unknown>>;
    readonly selectableFields?: readonly unknown[];
    readonly additionalPrinterColumns?: readonly unknown[];
    readonly schema: unknown;
  }[];
}

/** The whole CustomResourceDefinition, with its schema and CEL rules but without prose, as an API server takes it. Pure. */
export const definitionOf = ({ name, approved, group, scope, names, versions }: KeptDefinition, partOf: string, more: Readonly<Record<string, string>> = {}) => {
  const annotations = { ...(approved === undefined ? {} : { 'api-approved.kubernetes.io': approved }), ...more };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name, labels: { 'app.kubernetes.io/part-of': partOf }, ...(Object.keys(annotations).length > 0 ? { annotations } : {}) },
    spec: {
      group,
      scope,
      names,
      versions: versions.map(({ name: version, schema, ...rest }) => ({ name: version, ...rest, schema: { openAPIV3Schema: schema } })),
    },
  };
};
