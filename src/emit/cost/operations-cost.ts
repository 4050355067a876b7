import { prices } from '../../../catalog/prices.ts';
import { operationPrices } from '../../../catalog/service-prices.ts';
import type { Environment, Platform } from '../../config/platform.ts';
import { alertRegions } from '../terraform/alerts-props.ts';
import { functionsProps } from '../terraform/functions-props.ts';
import { registryProps } from '../terraform/registry-props.ts';
import type { CostPart } from './estimate.ts';
import { counted, each, use } from './lines.ts';

/** Use that estimates assume of each function and repository. */
const assumed = { functionMillions: 1, functionSeconds: 0.1, repositoryGb: 10, scans: 20 } as const;

/** Functions, images and notices of an environment. Budgets without actions and anomaly detection are free. Pure. */
export const operationsCost = (platform: Platform, environment: Environment): CostPart => {
  const functions = Object.values(functionsProps(platform, environment)?.each ?? {});
  const repositories = Object.keys(registryProps(environment)?.repositories ?? {}).length;
  const { scanning } = environment.settings.registry;
  const gbSeconds = functions.reduce((sum, { memoryMb }) => sum + (memoryMb / 1024) * assumed.functionSeconds * assumed.functionMillions * 1e6, 0);
  const topics = alertRegions(environment).length;
  return {
    part: 'operations',
    lines: [
      ...each('keys of alert topics', prices.kmsKey.usd, topics, `${counted(topics, 'topic')}, one in each region; the first 1,000 e-mails are free, 100,000 more cost ${operationPrices.topicEmails.usd} USD`),
      ...(functions.length === 0 ? [] : [
        use('functions', operationPrices.functionRequests.usd * assumed.functionMillions * functions.length + operationPrices.functionTime.usd * gbSeconds, `${functions.length} with ${assumed.functionMillions} million calls of ${assumed.functionSeconds} s, assumed`),
        ...each('alarms of functions', prices.metricAlarm.usd, 2 * functions.length + 1), ...each('key of functions', prices.kmsKey.usd, 1, 'one for all of them'),
      ]),
      ...(repositories === 0 ? [] : [
        use('images', operationPrices.imageStorage.usd * assumed.repositoryGb * repositories, `${counted(repositories, 'repository', 'repositories')} of ${assumed.repositoryGb} GB, assumed`), ...each('key of images', prices.kmsKey.usd, 1, 'one for all of them'),
        ...(scanning === 'ENHANCED' ? [use('scans of images', operationPrices.imageScan.usd * assumed.scans * repositories, `${assumed.scans} images each, assumed`)] : []),
      ]),
    ],
  };
};
