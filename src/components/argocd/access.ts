import type { ArgocdSettings } from '../../config/argocd-settings.ts';
import type { Values } from '../../model/workload.ts';

/** What each role of the platform may do, as lines of Argo CD's policy. `role:admin` is Argo CD's own. */
const roles = [
  'g, role:platform-admin, role:admin',
  ...['applications', 'applicationsets'].map((resource) => `p, role:read-only, ${resource}, get, */*, allow`),
  ...['projects', 'clusters', 'repositories'].map((resource) => `p, role:read-only, ${resource}, get, *, allow`),
];

/** A team, the groups of single sign-on that belong to it, and what they may do by hand. */
export interface TenantAccess {
  readonly name: string;
  readonly groups: readonly string[];
  readonly access: 'view' | 'edit';
}

const looking = ['get', 'sync'];
/** Without `override`, which brings other manifests than git's. */
const changing = [...looking, 'create', 'update', 'delete', 'action/*'];

/** A team's role: its own Applications, their logs, its project. GitOps changes things whoever syncs, so those who only look may do that too. */
const tenantRole = ({ name, access }: TenantAccess): readonly string[] => [
  ...(access === 'edit' ? changing : looking).map((action) => `p, role:tenant-${name}, applications, ${action}, tenant-${name}/*, allow`),
  `p, role:tenant-${name}, logs, get, tenant-${name}/*, allow`,
  `p, role:tenant-${name}, projects, get, tenant-${name}, allow`,
];

const members = (groups: readonly string[], role: string): readonly string[] => groups.map((group) => `g, ${group}, role:${role}`);

/**
 * `argocd-rbac-cm`: groups of single sign-on get a role, and who is in none gets nothing. Only groups count, never a name that a user may choose. Pure.
 */
export const rbacConfig = ({ access, default_role: fallback, policy, sso }: ArgocdSettings, tenants: readonly TenantAccess[]): Values => {
  const lines = [
    ...roles, ...tenants.flatMap(tenantRole),
    ...members(access.platform_admins, 'platform-admin'), ...members(access.read_only, 'read-only'), ...tenants.flatMap(({ name, groups }) => members(groups, `tenant-${name}`)),
    ...policy,
  ];
  return { 'policy.default': fallback, 'policy.csv': lines.map((line) => `${line}\n`).join(''), scopes: `[${sso?.oidc?.groups_claim ?? 'groups'}]` };
};
