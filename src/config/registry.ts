import { z } from 'zod';
import { gitopsEngine } from './gitops-engine.ts';
import { kubernetesSettings, networkSettings, nodesSettings } from './cluster-settings.ts';

const LabelKey = z.string().regex(/^([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/, { error: 'is not a Kubernetes label key' });
const LabelValue = z.string().regex(/^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/, { error: 'is not a Kubernetes label value (letters, digits, - _ and ., at most 63)' });

/** What a registry may override for one cluster. Defaults are not applied here: the environment's values stand below. */
export const clusterSpec = z.strictObject({
  gitops_engine: gitopsEngine.optional().meta({ description: 'What reconciles this cluster; the environment\'s engine when absent.' }),
  kubernetes: z.record(z.string(), z.unknown()).optional().meta({ description: 'Overrides `kubernetes` of the environment, key by key.' }),
  network: z.record(z.string(), z.unknown()).optional().meta({ description: 'Overrides `network` of the environment, key by key.' }),
  nodes: z.record(z.string(), z.unknown()).optional().meta({ description: 'Overrides `nodes` of the environment, key by key.' }),
  components: z.record(z.string(), z.record(z.string(), z.unknown())).optional().meta({ description: 'Overrides `components` of the environment, key by key.' }),
});

/** The same keys with their full schemas: for `explain` and editors. */
export const clusterSpecKeys = z.strictObject({
  gitops_engine: clusterSpec.shape.gitops_engine,
  kubernetes: kubernetesSettings('dev').optional(),
  network: networkSettings('dev').optional(),
  nodes: nodesSettings('dev').optional(),
  components: clusterSpec.shape.components,
});

/** One entry of `spec.clusters`. */
export const registeredCluster = z.strictObject({
  name: z.string().meta({ description: 'Name of the EKS cluster; unique in the platform.' }),
  region: z.string().meta({ description: 'AWS region.' }),
  labels: z.record(LabelKey, LabelValue).default({}).meta({ description: 'Labels of the cluster. `environment` names its environment, `hub: "true"` makes it the one that runs Argo CD.' }),
  spec: clusterSpec.optional().meta({ description: 'What differs from the environment.' }),
});

/** One document of `configuration/clusters/*.yaml`. */
export const clusterRegistry = z.strictObject({
  apiVersion: z.literal('platform.example.io/v1alpha1').meta({ description: 'Version of this format.' }),
  kind: z.literal('ClusterRegistry').meta({ description: 'Always ClusterRegistry.' }),
  metadata: z.strictObject({
    name: z.string().min(1).meta({ description: 'Name of the registry, for people.' }),
    labels: z.record(z.string(), z.string()).optional().meta({ description: 'Labels, for people.' }),
    annotations: z.record(z.string(), z.string()).optional().meta({ description: 'Annotations, for people.' }),
  }).meta({ description: 'About the registry itself.' }),
  spec: z.strictObject({ clusters: z.array(registeredCluster).default([]).meta({ description: 'The clusters.' }) }).meta({ description: 'What is registered.' }),
});

/** The registry with the full schemas of what a cluster may override. */
export const wholeRegistry = clusterRegistry.extend({
  spec: z.strictObject({ clusters: z.array(registeredCluster.extend({ spec: clusterSpecKeys.optional() })) }),
});
