import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ResolvedEnvironment } from './environments.ts';
import type { GitCredentials } from './git-credentials.ts';
import type { Cluster } from './platform.ts';
import type { TenantSettings } from './tenant-settings.ts';

/** Clusters whose engine reads private repositories and that have nothing to bring the credentials. Code: `config/contradiction`. Pure. */
export const withoutExternalSecrets = (tenants: readonly TenantSettings[], credentials: GitCredentials | undefined, clusters: readonly Cluster[]): readonly Diagnostic[] =>
  clusters.flatMap(({ name, engine, hub, components, at }) => {
    if (components['external-secrets'] !== undefined || (engine !== 'flux' && !hub)) return [];
    const reads = tenants.some(({ git, clusters: on }) => git?.credentials && (engine === 'argocd' || (on?.includes(name) ?? true)));
    return credentials || reads ? [problem('config/contradiction', at, `${name} reads a private git repository, but its component external-secrets is off.`, 'Switch components.external-secrets on, or take the credentials away.')] : [];
  });

/** Teams whose images would be written by nobody: none of their clusters runs Flux. Code: `config/contradiction`. Pure. */
export const imagesWithoutFlux = ({ basics: { name }, origin, settings }: ResolvedEnvironment, clusters: readonly Cluster[]): readonly Diagnostic[] =>
  settings.tenants.flatMap(({ name: tenant, git, clusters: on }, i) =>
    git?.images === undefined || clusters.some((one) => one.engine === 'flux' && (on?.includes(one.name) ?? true)) ? [] : [
      problem('config/contradiction', origin.source.span([...origin.path, 'tenants', i, 'git', 'images'], 'key'), `envs.${name}.tenants[${i}].git.images asks Flux to write images, but no cluster of ${tenant} in ${name} runs Flux.`, 'Set gitops_engine: flux for one of its clusters, or take images away.'),
    ]);
