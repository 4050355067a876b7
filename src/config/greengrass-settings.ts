import { z } from 'zod';

/** Devices at the edge that run AWS IoT Greengrass. */
export const greengrassSettings = () =>
  z.strictObject({
    enabled: z.boolean().default(false).meta({ description: 'Makes a thing group for core devices, and the role and role alias through which they get credentials. Costs nothing by itself.' }),
    credential_seconds: z.int().min(900).max(43200).default(3600).meta({ description: 'How long the credentials of a device are valid.', unit: 's' }),
    artifact_buckets: z.array(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, { error: 'is not an S3 bucket name' })).default([]).meta({ description: 'Buckets from which devices fetch components and models, besides the environment\'s bucket `storage.models`.' }),
  }).prefault({}).meta({ description: 'AWS IoT Greengrass: what core devices need of the environment.' });
