import type { Tier } from '../../config/platform.ts';
import type { GrafanaSettings } from './settings.ts';

type Sso = NonNullable<GrafanaSettings['sso']>;

/** A claim as JMESPath names it: quoted, because claims such as `cognito:groups` are no plain names. */
const claim = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : `"${name}"`);

/**
 * Who becomes what; the first that fits. Who is in none of the groups gets no answer here, and with `role_attribute_strict` no access. Source: Grafana
 * documentation, "Configure Generic OAuth authentication", "Configure role mapping".
 */
const roles = ({ groups_claim: name, admin_groups, editor_groups, viewer_groups }: Sso): string =>
  ([['Admin', admin_groups], ['Editor', editor_groups], ['Viewer', viewer_groups]] as const)
    .flatMap(([role, groups]) => groups.map((group) => `contains(${claim(name)}[*], '${group}') && '${role}'`)).join(' || ');

/** Sections of grafana.ini about who may enter. Pure. */
export const signIn = (tier: Tier, { sso }: GrafanaSettings): Readonly<Record<string, Readonly<Record<string, unknown>>>> => {
  if (!sso) return {};
  const only = tier === 'prod';
  return {
    auth: { disable_login_form: only },
    'auth.generic_oauth': {
      enabled: true, name: sso.name, client_id: sso.client_id, auth_url: sso.auth_url, token_url: sso.token_url, api_url: sso.api_url, scopes: sso.scopes.join(' '),
      use_pkce: true, allow_sign_up: true, auto_login: only, role_attribute_path: roles(sso), role_attribute_strict: true, allow_assign_grafana_admin: false, skip_org_role_sync: false,
    },
  };
};
