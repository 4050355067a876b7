import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Plan } from '../model/plan.ts';
import { hasCertificate } from './has-certificate.ts';
import { waysIn } from './ways-in.ts';

/** Proves that each load balancer that ends TLS finds a certificate: without one the controller makes no load balancer, and the Ingress waits for ever. Pure. */
export const wayCertificates = ({ environments }: Plan): readonly Diagnostic[] =>
  environments.flatMap(({ environment, clusters }) => clusters.flatMap((plan) => waysIn(plan)
    .filter(({ via, host, certificate }) => via === 'load-balancer' && certificate === undefined && !hasCertificate(environment, plan.cluster.region, host))
    .map(({ what, host, hostKey, certificateKey, because }) => problem(
      'verify/no-certificate', because,
      `${what} of ${plan.cluster.name} is to be reached by ${host}, and no certificate in ${plan.cluster.region} covers that name.`,
      `Add one with domain: ${host} to envs.${environment.name}.edge.certificates (zone_id for a name of a public zone, issuer: private for any other), set components.${certificateKey}, or choose a name that a certificate covers with components.${hostKey}.`,
    ))));
