import type { ResourceModel } from '../engine/model.ts';
import { bucketMetricModels } from './bucket-metrics.ts';
import { costModels } from './cost.ts';
import { networkModels } from './ec2-network.ts';
import { routingModels } from './ec2-routing.ts';
import { schedulerModels } from './scheduler.ts';
import { securityModels } from './ec2-security.ts';
import { eksModels } from './eks.ts';
import { identityModels } from './iam-kms.ts';
import { observabilityModels } from './observability.ts';
import { storageModels } from './s3-route53.ts';

/** Every resource type of the AWS provider that is simulated. */
export const awsModels: Readonly<Record<string, ResourceModel>> = {
  ...schedulerModels, ...bucketMetricModels, ...costModels, ...networkModels, ...routingModels, ...securityModels, ...identityModels, ...eksModels, ...observabilityModels, ...storageModels,
};
