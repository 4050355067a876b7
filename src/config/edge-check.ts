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

/** Endpoints in the VPC of a cluster that is none of the environment's, or of another region than their service. Pure. */
export const checkEndpoints = ({ basics: { name }, origin, settings }: ResolvedEnvironment, hub: string, clusters: readonly { readonly name: string; readonly region: string }[]): readonly Diagnostic[] =>
  settings.connectivity.private_link.endpoints.flatMap(({ cluster: wanted = hub, service_name: service }, i) => {
    const path = ['connectivity', 'private_link', 'endpoints', i] as const;
    const span = (key: string) => origin.source.span([...origin.path, ...path, key]);
    const cluster = clusters.find((one) => one.name === wanted);
    if (cluster === undefined) return hub === '' ? [] : [problem('config/wrong-value', span('cluster'), `envs.${name}.${path.join('.')}.cluster is "${wanted}", which is no cluster of ${name}.`, `Name one of: ${clusters.map((one) => one.name).join(', ')}.`)];
    return service.split('.')[3] === cluster.region ? [] : [problem('config/wrong-value', span('service_name'), `envs.${name}.${path.join('.')}.service_name is a service in ${service.split('.')[3] ?? ''}, but ${wanted} is in ${cluster.region}.`, 'Put the endpoint into a cluster of that region with the key cluster.')];
  });
