import { readablePrefixes } from '../components/external-secrets.ts';
import { gitSecretNames } from '../components/git-credentials.ts';
import type { Platform } from '../config/platform.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { secretsRead, type SecretRead } from '../emit/secrets/read.ts';
import type { EnvironmentPlan, Plan } from '../model/plan.ts';

/** Names of secrets may begin with a slash; paths of parameters always do. */
const isReadable = ({ store, name }: SecretRead, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => name.startsWith(`/${prefix}`) || (store === 'secretsManager' && name.startsWith(prefix)));

const faultsOf = ({ name: platform, gitops }: Platform, { environment, clusters }: EnvironmentPlan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const plan of clusters) {
    const own = plan.components.find(({ id }) => id === 'external-secrets')?.settings as { readonly prefixes?: readonly string[] } | undefined;
    const prefixes = readablePrefixes(platform, environment.name, own?.prefixes);
    const named = new Set(gitSecretNames(gitops, environment, plan.cluster));
    for (const read of secretsRead(plan)) {
      if (!read.shared || named.has(read.name) || isReadable(read, prefixes) || found.has(read.name)) continue;
      const [first = ''] = prefixes;
      found.set(read.name, problem('verify/unreadable-secret', read.because, `Component "${read.component}" of ${plan.cluster.name} reads "${read.name}", and External Secrets may read only what begins with ${prefixes.map((prefix) => `"${prefix}"`).join(' or ')}.`, `Give it a name such as "${prefixes.at(-1) ?? first}${read.name.split('/').filter((part) => part !== '').at(-1) ?? ''}", or add its prefix to components.external-secrets.prefixes of ${environment.name}, beside those above.`));
    }
  }
  return [...found.values()];
};

/** Proves that the role of External Secrets may read what every ExternalSecret asks for. One finding for one name. Pure. */
export const readableSecrets = ({ platform, environments }: Plan): readonly Diagnostic[] => environments.flatMap((one) => faultsOf(platform, one));
