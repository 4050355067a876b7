import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { ChartRelease } from '../../src/model/workload.ts';
import type { KubeObject } from '../../src/units/kube-object.ts';

type Texts = Readonly<Record<string, string>>;
interface Values {
  readonly global?: { readonly domain: string };
  readonly configs: { readonly cm: Texts; readonly rbac?: Texts };
  readonly notifications: { readonly triggers?: Texts; readonly templates?: Texts; readonly notifiers?: Texts; readonly context?: Texts; readonly subscriptions?: unknown };
}

/** Files of the ConfigMaps that the chart makes of its values. */
export interface ConfigMaps {
  readonly cm: string;
  readonly rbac: string;
  readonly notifications: string;
}

/** Writes the ConfigMaps as the chart would. Source: argo-helm, argo-cd 10.1.1, `templates/argocd-configs/`. */
export const configMapsOf = async ({ values, clusterValues }: ChartRelease, directory: string): Promise<ConfigMaps> => {
  const [shared, own] = [values, clusterValues] as unknown as readonly [Values, Values];
  const { notifications } = own;
  const url = `https://${own.global?.domain ?? ''}`;
  const write = async (name: string, data: Texts): Promise<string> => {
    const file = join(directory, `${name}.yaml`);
    await writeFile(file, stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'argocd', labels: { 'app.kubernetes.io/part-of': 'argocd' } }, data }));
    return file;
  };
  return {
    cm: await write('argocd-cm', { url, ...shared.configs.cm, ...own.configs.cm }),
    rbac: await write('argocd-rbac-cm', { ...own.configs.rbac }),
    notifications: await write('argocd-notifications-cm', { context: stringify({ argocdUrl: url, ...notifications.context }), subscriptions: stringify(notifications.subscriptions), ...notifications.notifiers, ...shared.notifications.triggers, ...shared.notifications.templates }),
  };
};

/** `argocd admin`: Argo CD's own reading of its configuration, without a cluster. */
export const adminOf = (program: string, directory: string) => {
  const kubeconfig = join(directory, 'nowhere.yaml');
  const secret = join(directory, 'argocd-secret.yaml');
  const run = async (...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly said: string }> => {
    // It makes a client before it looks at what it was given; it never asks this address.
    await writeFile(kubeconfig, stringify({ apiVersion: 'v1', kind: 'Config', clusters: [{ name: 'a', cluster: { server: 'https://127.0.0.1:1' } }], contexts: [{ name: 'a', context: { cluster: 'a', user: 'a', namespace: 'argocd' } }], 'current-context': 'a', users: [{ name: 'a', user: { token: 'a' } }] }));
    await writeFile(secret, stringify({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'argocd-secret', namespace: 'argocd' }, data: { 'server.secretkey': 'eA==' } }));
    return new Promise((resolve) => {
      execFile(program, ['admin', ...args], { env: { PATH: process.env['PATH'], HOME: directory, KUBECONFIG: kubeconfig, ARGOCD_BINARY_NAME: 'argocd' } }, (error, out, said) => { resolve({ code: error ? 1 : 0, out, said }); });
    });
  };
  const ok = async (...args: readonly string[]): Promise<string> => {
    const { code, out, said } = await run(...args);
    if (code !== 0) throw new Error(`argocd admin ${args.join(' ')}: ${out}${said}`);
    return out;
  };
  const file = async (object: KubeObject): Promise<string> => {
    const path = join(directory, 'object.yaml');
    await writeFile(path, stringify(object));
    return path;
  };
  const told = ({ notifications }: ConfigMaps): readonly string[] => ['--config-map', notifications, '--secret', ':empty'];
  return {
    /** What it says of its settings, a mark before each group. */
    validate: ({ cm }: ConfigMaps): Promise<string> => ok('settings', 'validate', '--argocd-cm-path', cm, '--argocd-secret-path', secret),
    policyIsValid: async ({ rbac }: ConfigMaps): Promise<boolean> => (await run('settings', 'rbac', 'validate', '--policy-file', rbac)).code === 0,
    /** Whether somebody may do something; throws when it can't say. */
    can: async ({ rbac }: ConfigMaps, who: string, action: string, resource: string, object: string): Promise<boolean> => {
      const { out, said } = await run('settings', 'rbac', 'can', who, action, resource, object, '--policy-file', rbac);
      if (!/^(Yes|No)$/m.test(out)) throw new Error(`${out}${said}`);
      return out.trim() === 'Yes';
    },
    health: async ({ cm }: ConfigMaps, object: KubeObject): Promise<string> => ok('settings', 'resource-overrides', 'health', await file(object), '--argocd-cm-path', cm, '--argocd-secret-path', secret),
    /** Whether a trigger's condition holds. */
    fires: async (files: ConfigMaps, trigger: string, object: KubeObject): Promise<boolean> => (await ok('notifications', 'trigger', 'run', trigger, await file(object), ...told(files))).trim().endsWith('true'),
    notification: async (files: ConfigMaps, template: string, object: KubeObject): Promise<string> => ok('notifications', 'template', 'notify', template, await file(object), '--recipient', 'console:stdout', ...told(files)),
  };
};
