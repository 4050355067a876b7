import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
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
