import type { Environment, Platform } from '../../config/platform.ts';
import type { GreengrassProps } from '../../stacks/greengrass.ts';
import { bounded, storageKeyAlias } from '../../units/aws-names.ts';
import { boundaryArn } from './names.ts';
import { bucketNames } from './storage-props.ts';

/** Name of an environment's thing group, token exchange role and role alias. */
export const greengrassName = ({ settings }: Environment): string => bounded(`${settings.cluster_name_prefix}-greengrass`, 64);

/** A role's sessions last at least an hour. Source: IAM API reference, CreateRole, MaxSessionDuration. */
const shortestSession = 3600;

/**
 * Decides what Greengrass core devices need; undefined where they are off. Rights as in the Greengrass V2 developer guide, "Authorize core devices
 * to interact with AWS services", with log groups narrowed to Greengrass' own. Pure.
 */
export const greengrassProps = (platform: Platform, environment: Environment): GreengrassProps | undefined => {
  const { name, partition, accountId, regions: [region = ''], settings: { edge: { greengrass }, cluster_name_prefix: prefix } } = environment;
  if (!greengrass.enabled) return undefined;
  const { models } = bucketNames(platform, environment);
  const buckets = [...new Set([...(models === undefined ? [] : [models]), ...greengrass.artifact_buckets])].map((bucket) => `arn:${partition}:s3:::${bucket}`);
  return {
    name: greengrassName(environment), description: `Greengrass core devices of ${name}`, accountId, boundaryArn: boundaryArn(platform, environment),
    credentialSeconds: greengrass.credential_seconds, sessionSeconds: Math.max(shortestSession, greengrass.credential_seconds),
    allow: [
      { sid: 'OwnLogs', actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'], on: [`arn:${partition}:logs:${region}:${accountId}:log-group:/aws/greengrass/*`] },
      ...(buckets.length === 0 ? [] : [
        { sid: 'FindArtifacts', actions: ['s3:GetBucketLocation'], on: buckets },
        { sid: 'FetchArtifacts', actions: ['s3:GetObject'], on: buckets.map((bucket) => `${bucket}/*`) },
      ]),
      ...(models === undefined ? [] : [{ sid: 'ReadArtifacts', actions: ['kms:Decrypt'], on: [`arn:${partition}:kms:${region}:${accountId}:key/*`], when: { 'ForAnyValue:StringEquals': [{ key: 'kms:ResourceAliases', values: [storageKeyAlias(prefix)] }], StringEquals: [{ key: 'kms:ViaService', values: [`s3.${region}.amazonaws.com`] }] } }]),
    ],
  };
};
