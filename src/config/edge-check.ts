import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { CloudfrontSettings } from './cloudfront-settings.ts';
import type { ResolvedEnvironment } from './environments.ts';

/** What is wrong between a distribution and the certificates of its environment. Pure. */
export const checkDistribution = ({ basics: { name }, origin, settings }: ResolvedEnvironment, cloudfront: CloudfrontSettings | undefined): readonly Diagnostic[] => {
  const wanted = cloudfront?.acm_cert_arn ?? '';
  if (cloudfront?.enabled !== true || wanted === '' || wanted.startsWith('arn:')) return [];
  const at = origin.source.span(['edge', name, 'cloudfront', 'acm_cert_arn']);
  const found = settings.edge.certificates.find((certificate) => certificate.name === wanted);
  if (found === undefined) return [problem('config/wrong-value', at, `edge.${name}.cloudfront.acm_cert_arn is "${wanted}", which is none of envs.${name}.edge.certificates.`, 'Add the certificate there, with region: us-east-1, or give the ARN of one in us-east-1.')];
  const region = found.region ?? settings.aws.region;
  if (found.issuer === 'private') return [problem('config/wrong-value', at, `edge.${name}.cloudfront.acm_cert_arn is "${wanted}", a private certificate, which no browser trusts.`, 'Take one with issuer: public.')];
  return region === 'us-east-1' ? [] : [problem('config/wrong-value', at, `edge.${name}.cloudfront.acm_cert_arn is "${wanted}", a certificate in ${region}; CloudFront takes only those of us-east-1.`, `Set region: us-east-1 on envs.${name}.edge.certificates.`)];
};
