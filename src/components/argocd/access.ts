import type { ArgocdSettings } from '../../config/argocd-settings.ts';
import type { Values } from '../../model/workload.ts';

/** What each role of the platform may do, as lines of Argo CD's policy. `role:admin` is Argo CD's own. */
const roles = [
  'g, role:platform-admin, role:admin',
  ...['applications', 'applicationsets'].map((resource) => `p, role:read-only, ${resource}, get, */*, allow`),
  ...['projects', 'clusters', 'repositories'].map((resource) => `p, role:read-only, ${resource}, get, *, allow`),
];

/** Roles of one team's Applications: all about them but giving other manifests than git's (`override`). */
const tenantRole = (tenant: string): readonly string[] => [
  ...['get', 'create', 'update', 'delete', 'sync', 'action/*'].map((action) => `p, role:tenant-${tenant}, applications, ${action}, tenant-${tenant}/*, allow`),
  `p, role:tenant-${tenant}, logs, get, tenant-${tenant}/*, allow`,
  `p, role:tenant-${tenant}, projects, get, tenant-${tenant}, allow`,
];

const members = (groups: readonly string[], role: string): readonly string[] => groups.map((group) => `g, ${group}, role:${role}`);

/** A team and the groups of single sign-on that belong to it. */
export interface TenantGroups {
  readonly name: string;
  readonly groups: readonly string[];
}

/**
 * `argocd-rbac-cm`: groups of single sign-on get a role, and who is in none gets nothing. Only groups count, never a name that a user may choose. Pure.
 */
export const rbacConfig = ({ access, default_role: fallback, policy, sso }: ArgocdSettings, tenants: readonly TenantGroups[]): Values => {
  const lines = [
    ...roles, ...tenants.flatMap(({ name }) => tenantRole(name)),
    ...members(access.platform_admins, 'platform-admin'), ...members(access.read_only, 'read-only'), ...tenants.flatMap(({ name, groups }) => members(groups, `tenant-${name}`)),
    ...policy,
  ];
  return { 'policy.default': fallback, 'policy.csv': lines.map((line) => `${line}\n`).join(''), scopes: `[${sso?.oidc?.groups_claim ?? 'groups'}]` };
};
