import type { Diagnostic } from '../diag/diagnostic.ts';
import { renameOrChoose } from '../diag/did-you-mean.ts';
import { problem } from '../diag/problem.ts';
import { platformHostLabels } from '../units/wellknown.ts';
import { enabledStores } from './data-settings.ts';
import type { ResolvedEnvironment } from './environments.ts';
import { hostnamesOf, namespacesOf } from './tenant-settings.ts';

type Step = string | number;

const covers = (pattern: string, name: string): boolean => pattern === name || (pattern.startsWith('*.') && name.endsWith(pattern.slice(1)));

/** Hosts that components are told, wherever their settings have a key called `host`. */
const toldHosts = (settings: unknown): readonly string[] =>
  typeof settings !== 'object' || settings === null ? [] : Object.entries(settings).flatMap(([key, value]) => (key === 'host' && typeof value === 'string' ? [value] : toldHosts(value)));

/** Names that the platform's own pages have, or would have if they were switched on: of the environment, and of each cluster. */
const platformHosts = ({ settings: { domain, components, kubeflow } }: ResolvedEnvironment, clusters: readonly { readonly name: string }[]): readonly string[] => [
  ...['', ...clusters.map(({ name }) => `${name}.`)].flatMap((place) => platformHostLabels.map((label) => `${label}.${place}${domain}`)),
  ...toldHosts(components), ...toldHosts(kubeflow),
];

interface Claim {
  readonly value: string;
  readonly tenant: number;
  readonly path: readonly Step[];
}

/** Each name with the place that says it: the item, or the team's name where it follows from that. */
const claimsOf = (tenant: number, key: string, said: readonly string[] | undefined, values: readonly string[]): readonly Claim[] =>
  values.map((value, j) => ({ value, tenant, path: ['tenants', tenant, ...(said === undefined ? ['name'] : [key, j])] }));

/** What the teams of an environment say of its clusters, of one another and of the platform's names, and that can't be. Pure. */
export const checkTenants = (resolved: ResolvedEnvironment, clusters: readonly { readonly name: string }[]): readonly Diagnostic[] => {
  const { basics: { name }, origin, settings: { tenants, domain, data } } = resolved;
  const wrong = (path: readonly Step[], summary: string, fix: string): Diagnostic => problem('config/wrong-value', origin.source.span([...origin.path, ...path]), summary, fix);
  const nameOf = (tenant: number): string => tenants[tenant]?.name ?? '';
  const isSecond = tenants.map((one, i) => tenants.findIndex((other) => other.name === one.name) < i);

  const unknown = tenants.flatMap(({ clusters: wanted = [] }, i) => wanted.flatMap((cluster, j) =>
    clusters.some((one) => one.name === cluster) ? [] : [wrong(['tenants', i, 'clusters', j], `envs.${name}.tenants[${i}].clusters names "${cluster}", which is no cluster of ${name}.`, renameOrChoose(cluster, clusters.map((one) => one.name)))]));
  const isOn = new Set(enabledStores(data));
  const absent = tenants.flatMap(({ stores }, i) => stores.flatMap((store, j) =>
    isOn.has(store) ? [] : [wrong(['tenants', i, 'stores', j], `envs.${name}.tenants[${i}].stores names "${store}", which ${name} does not have.`, `Set envs.${name}.data.${store}.enabled: true, or remove it.`)]));
  const twice = tenants.flatMap((one, i) => (isSecond[i] ? [wrong(['tenants', i, 'name'], `envs.${name}.tenants[${i}] is called "${one.name}", and so is a team before it.`, 'Rename it, or join the two.')] : []));

  // What a second team of the same name says follows from the first fault.
  const first = tenants.map((one, i) => ({ one, i })).filter(({ i }) => !isSecond[i]);
  const namespaces = first.flatMap(({ one, i }) => claimsOf(i, 'namespaces', one.namespaces, namespacesOf(one)));
  const shared = namespaces.flatMap((claim, k) => {
    const before = namespaces.slice(0, k).find(({ value }) => value === claim.value);
    return before ? [wrong(claim.path, `The namespace "${claim.value}" is given to "${nameOf(claim.tenant)}", and to "${nameOf(before.tenant)}" before.`, 'Give it to one of them: what runs in a namespace has one owner.')] : [];
  });

  const hosts = first.flatMap(({ one, i }) => claimsOf(i, 'hostnames', one.hostnames, hostnamesOf(one, domain)));
  const taken = platformHosts(resolved, clusters);
  const foreign = hosts.flatMap((claim, k) => {
    const own = taken.find((host) => covers(claim.value, host));
    if (own !== undefined) return [wrong(claim.path, `"${claim.value}" of the team "${nameOf(claim.tenant)}" takes in "${own}", a name of the platform's own.`, 'Name hosts in `hostnames` that are the team\'s alone.')];
    const other = hosts.find((one, m) => one.tenant !== claim.tenant && covers(claim.value, one.value) && (claim.value !== one.value || m < k));
    return other ? [wrong(claim.path, `"${claim.value}" of the team "${nameOf(claim.tenant)}" takes in "${other.value}", which is a name of "${nameOf(other.tenant)}".`, 'Name hosts in `hostnames` that are the team\'s alone.')] : [];
  });
  return [...unknown, ...absent, ...twice, ...shared, ...foreign];
};
