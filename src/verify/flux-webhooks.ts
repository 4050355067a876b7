import { webhookHost } from '../components/flux-webhooks.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Plan } from '../model/plan.ts';
import { hasCertificate } from './has-certificate.ts';

/** Webhooks of Flux whose load balancer would find no certificate: it would not be made. Pure. */
export const fluxWebhookFaults = ({ environments }: Plan): readonly Diagnostic[] =>
  environments.flatMap(({ environment, clusters }) => clusters.flatMap(({ cluster, components }) => components.filter(({ id }) => id === 'flux-webhooks').flatMap(({ settings, because }) => {
    const host = webhookHost(environment, cluster, settings);
    if ((settings as { readonly certificate_arn?: string }).certificate_arn !== undefined || hasCertificate(environment, cluster.region, host)) return [];
    return [problem('verify/no-certificate', because, `Webhooks of ${cluster.name} are to be received at ${host}, and no certificate in ${cluster.region} covers that name.`, `Add one with domain: ${host} to envs.${environment.name}.edge.certificates, or set components.flux-webhooks.certificate_arn.`)];
  })));
