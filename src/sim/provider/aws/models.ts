import type { ResourceModel } from '../engine/model.ts';
import { apiGatewayModels } from './api-gateway.ts';
import { chatbotModels } from './chatbot.ts';
import { certificateModels } from './certificates.ts';
import { cloudfrontModels } from './cloudfront.ts';
import { connectivityModels } from './connectivity.ts';
import { backupModels } from './backup.ts';
import { costModels } from './cost.ts';
import { networkModels } from './ec2-network.ts';
import { routingModels } from './ec2-routing.ts';
import { schedulerModels } from './scheduler.ts';
import { securityModels } from './ec2-security.ts';
import { registryModels } from './ecr.ts';
import { eksModels } from './eks.ts';
import { cacheModels } from './elasticache.ts';
import { identityModels } from './iam-kms.ts';
import { functionModels } from './lambda.ts';
import { kafkaDynamoModels } from './kafka-dynamodb.ts';
import { identityCenterModels } from './identity-center.ts';
import { observabilityModels } from './observability.ts';
import { databaseModels } from './rds.ts';
import { bucketCopyModels } from './s3-copies.ts';
import { organizationModels } from './organizations.ts';
import { securityDelegationModels } from './security-delegation.ts';
import { trailModels } from './trail.ts';
import { storageModels } from './s3-route53.ts';
import { bucketSettingModels } from './s3-settings.ts';
import { wafModels } from './waf.ts';

/** Every resource type of the AWS provider that is simulated. */
export const awsModels: Readonly<Record<string, ResourceModel>> = {
  ...networkModels, ...routingModels, ...securityModels, ...identityModels, ...eksModels, ...observabilityModels, ...storageModels, ...functionModels, ...registryModels, ...backupModels,
  ...wafModels, ...certificateModels, ...cloudfrontModels, ...apiGatewayModels, ...connectivityModels,
  ...bucketCopyModels, ...bucketSettingModels, ...databaseModels, ...cacheModels, ...kafkaDynamoModels,
  ...organizationModels, ...securityDelegationModels, ...identityCenterModels, ...trailModels,
  ...schedulerModels, ...costModels, ...chatbotModels,
};
