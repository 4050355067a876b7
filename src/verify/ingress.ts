import { lacksSignIn } from '../components/oauth2-proxy.ts';
import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { Plan } from '../model/plan.ts';

/** Ways into a cluster that lead nowhere. One finding for one line of the configuration. Pure. */
export const ingress = ({ environments }: Plan): readonly Diagnostic[] => {
  const found = new Map<string, Diagnostic>();
  for (const { cluster, components } of environments.flatMap(({ clusters }) => clusters)) {
    for (const { id, settings, because } of components) {
      if (id !== 'oauth2-proxy' || !lacksSignIn(settings)) continue;
      const key = `${because.file}:${because.line}:${because.column}`;
      if (!found.has(key)) found.set(key, problem('verify/no-sign-in', because, `oauth2-proxy of ${cluster.name} is on, but not told who may sign in, so Hubble's UI is served to nobody.`, 'Set issuer, client_id and allowed_groups of components.oauth2-proxy, or turn it off.'));
    }
  }
  return [...found.values()];
};
