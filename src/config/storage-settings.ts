import { z } from 'zod';
import type { Basics } from './tier.ts';
import { perTier } from './tier.ts';

const replicate = () => z.boolean().default(false).meta({ description: 'Copies every object to `storage.replica_region`.' });

const bucket = (what: string) =>
  z.strictObject({
    enabled: z.boolean().default(false).meta({ description: `Makes the bucket of ${what}.` }),
    replicate: replicate(),
  }).prefault({}).meta({ description: `Bucket of ${what}.` });

const shape = ({ tier }: Basics) => ({
  thanos: z.strictObject({
    enabled: perTier(z.boolean().meta({ description: 'Makes the bucket of Thanos.' }), tier, { dev: true, qa: true, prod: true, sandbox: false }),
    tiering_days: z.int().min(0).max(3650).default(90).meta({ description: 'Age at which a block moves to intelligent tiering. Blocks are deleted by the compactor only.', unit: 'days' }),
    replicate: replicate(),
  }).prefault({}).meta({ description: 'Bucket of Thanos: metrics of all clusters.' }),
  mlflow: bucket('MLflow\'s artifacts'),
  pipelines: bucket('Kubeflow Pipelines; its name begins with `kubeflow.pipelines.bucket`'),
  feast: bucket('Feast\'s offline store and registry'),
  loki: bucket('Loki\'s logs of all clusters; Loki alone deletes what it no longer keeps'),
  models: bucket('models that are served'),
  velero: bucket('Velero\'s backups; Velero alone deletes what its schedules no longer keep'),
  data_lake: bucket('each of the data lake\'s zones raw, staging, curated, features and archive; the same as `features.storage.s3`'),
  access_logs: z.strictObject({
    enabled: perTier(z.boolean().meta({ description: 'Records every request to the other buckets.' }), tier, { dev: false, qa: false, prod: true, sandbox: false }),
    retention_days: z.int().min(1).max(3653).default(400).meta({ description: 'Age at which records are deleted.', unit: 'days' }),
  }).prefault({}).meta({ description: 'Server access logs of the platform\'s buckets.' }),
  old_versions_days: perTier(z.int().min(1).max(3653).meta({ description: 'How long an overwritten or deleted object can be brought back.', unit: 'days' }), tier, { dev: 7, qa: 14, prod: 90, sandbox: 1 }),
  replica_region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/, { error: 'is not a region such as eu-west-1' }).optional().meta({ description: 'Region that buckets with `replicate` are copied to; another one than the environment\'s.', examples: ['eu-west-1'] }),
});

/** Buckets of an environment. All are private, encrypted with the environment's key and answer over TLS only. */
export const storageSettings = (basics: Basics) =>
  z.strictObject(shape(basics))
    .refine(({ replica_region: region, thanos, mlflow, pipelines, feast, loki, models, velero, data_lake: lake }) =>
      region !== undefined || ![thanos, mlflow, pipelines, feast, loki, models, velero, lake].some((one) => one.enabled && one.replicate), { error: 'is missing although a bucket says `replicate`: name the region', path: ['replica_region'] })
    .prefault({}).meta({ description: 'Buckets of the platform.' });

/** True where any bucket is asked for; records of requests alone are of nothing. Pure. */
export const hasBuckets = ({ thanos, mlflow, pipelines, feast, loki, models, velero, data_lake: lake }: z.infer<ReturnType<typeof storageSettings>>): boolean =>
  [thanos, mlflow, pipelines, feast, loki, models, velero, lake].some(({ enabled }) => enabled);
