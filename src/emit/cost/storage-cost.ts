import { prices } from '../../../catalog/prices.ts';
import { dataPrices, operationPrices } from '../../../catalog/service-prices.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import { backupProps } from '../terraform/backup-props.ts';
import { storageProps } from '../terraform/storage-props.ts';
import type { CostPart } from './estimate.ts';
import { counted, each, use } from './lines.ts';

/** What estimates assume that each bucket and each vault holds. */
const assumed = { bucketGb: 50, vaultGb: 100 } as const;

/** What the buckets of an environment cost. Pure. */
export const storageCost = (platform: Platform, environment: Environment): CostPart => {
  const storage = storageProps(platform, environment);
  if (storage === undefined) return { part: 'buckets', lines: [] };
  const count = Object.keys(storage.buckets).length + (storage.accessLogs === undefined ? 0 : 1);
  const copies = Object.values(storage.buckets).filter(({ copy }) => copy !== undefined).length;
  return {
    part: 'buckets',
    lines: [
      ...each('keys of buckets', prices.kmsKey.usd, storage.replication === undefined ? 1 : 2),
      use('objects', dataPrices.s3Storage.usd * assumed.bucketGb * count, `${counted(count, 'bucket')} of ${assumed.bucketGb} GB, assumed`),
      ...(copies === 0 ? [] : [use('copies in another region', (dataPrices.s3Storage.usd + dataPrices.s3Transfer.usd + dataPrices.s3TimeControl.usd) * assumed.bucketGb * copies, `${counted(copies, 'bucket')} of ${assumed.bucketGb} GB, all new, assumed`)]),
    ],
  };
};

/** What AWS Backup keeps. Pure. */
export const backupCost = (platform: Platform, environment: Environment): CostPart => {
  const backup = backupProps(platform, environment);
  if (backup === undefined) return { part: 'backup', lines: [] };
  const vaults = Object.keys(backup.regions).length;
  return {
    part: 'backup',
    lines: [
      ...each('keys of vaults', prices.kmsKey.usd, vaults, `${counted(vaults, 'vault')}, one in each region`),
      use('backups', operationPrices.backupStorage.usd * assumed.vaultGb * vaults, `${assumed.vaultGb} GB in each vault, assumed`),
    ],
  };
};
