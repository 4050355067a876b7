import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { show } from '../diag/show.ts';
import type { ResolvedEnvironment } from './environments.ts';

type Step = string | number;

const byHand = 'associate an OIDC provider with each cluster (aws eks associate-identity-provider-config)';

/**
 * Groups of an identity provider that Kubernetes learns of from nobody: EKS knows IAM roles, and an OIDC provider only where somebody associates one with the
 * cluster, which the platform doesn't. Source: EKS user guide, "Grant users access to Kubernetes with an external OIDC provider". Code: `config/groups-from-elsewhere`. Pure.
 */
export const checkGroups = ({ basics: { name }, origin, settings: { tenants, components } }: ResolvedEnvironment): readonly Diagnostic[] => {
  const unknown = (path: readonly Step[], groups: unknown, fix: string): Diagnostic =>
    problem('config/groups-from-elsewhere', origin.source.span([...origin.path, ...path]), `No sign-in of ${name} tells Kubernetes who is in the groups ${show(groups)}.`, fix);
  // They act in Argo CD, which asks the provider itself.
  const signsIn = components['argocd']?.['sso'] !== undefined;
  return [
    ...tenants.flatMap(({ groups, role_arns: roles }, i) => (groups.length === 0 || roles.length > 0 || signsIn ? [] : [unknown(['tenants', i, 'groups'], groups, `Name IAM roles in role_arns, or ${byHand}.`)])),
    ...([['admin_groups', 'admin_role_arns'], ['readonly_groups', 'readonly_role_arns']] as const).flatMap(([key, roles]) => {
      const groups = components['rbac']?.[key];
      return Array.isArray(groups) && groups.length > 0 ? [unknown(['components', 'rbac', key], groups, `Name IAM roles in kubernetes.${roles}, or ${byHand}.`)] : [];
    }),
  ];
};
