import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:net';
import { randomBytes } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import type { KubeObject } from '../units/kube-object.ts';
import { argocdNamespace } from '../units/wellknown.ts';
import { LocalFailure } from './failure.ts';
import type { KubeRest } from './kube-rest.ts';
import { writeSecret } from './pki.ts';
import type { ChildSpec, Children } from './process/children.ts';
import { goMemory } from './process/go-memory.ts';
import { layout, type ArgoCdState } from './process/state.ts';
import { applicationHealthKey, applicationHealthLua } from '../units/application-health.ts';

const partOf = { 'app.kubernetes.io/part-of': 'argocd' } as const;

/** Objects the servers can't start without. Only those that are absent are created, so that an installed chart keeps its own. Pure. */
export function minimalConfig(redisPassword: string, serverKey: string): readonly { readonly plural: string; readonly object: KubeObject }[] {
  const object = (kind: string, name: string, rest: Readonly<Record<string, unknown>> = {}): KubeObject =>
    ({ apiVersion: 'v1', kind, metadata: { name, namespace: argocdNamespace, labels: { ...partOf, 'app.kubernetes.io/name': name } }, ...rest });
  return [
    { plural: 'configmaps', object: object('ConfigMap', 'argocd-cm', { data: { 'application.resourceTrackingMethod': 'annotation', [applicationHealthKey]: applicationHealthLua } }) },
    { plural: 'configmaps', object: object('ConfigMap', 'argocd-rbac-cm') },
    { plural: 'configmaps', object: object('ConfigMap', 'argocd-cmd-params-cm') },
    { plural: 'configmaps', object: object('ConfigMap', 'argocd-ssh-known-hosts-cm') },
    { plural: 'configmaps', object: object('ConfigMap', 'argocd-tls-certs-cm') },
    { plural: 'configmaps', object: object('ConfigMap', 'argocd-gpg-keys-cm') },
    { plural: 'secrets', object: object('Secret', 'argocd-secret', { type: 'Opaque', stringData: { 'server.secretkey': serverKey } }) },
    { plural: 'secrets', object: object('Secret', 'argocd-redis', { type: 'Opaque', stringData: { auth: redisPassword } }) },
  ];
}

/** The project that Argo CD's API server, which is not run here, creates at its first start. Source: `initializeDefaultProject` in server/server.go, v3.2.6. */
const defaultProject: KubeObject = {
  apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', metadata: { name: 'default', namespace: argocdNamespace },
  spec: { sourceRepos: ['*'], destinations: [{ server: '*', namespace: '*' }], clusterResourceWhitelist: [{ group: '*', kind: '*' }] },
};

/** Custom resource definitions of the built Argo CD. Reads the tools cache. */
function definitions(dir: string): readonly KubeObject[] {
  const Definition = z.looseObject({ apiVersion: z.string(), kind: z.literal('CustomResourceDefinition'), metadata: z.looseObject({ name: z.string() }) });
  return readdirSync(dir).filter((name) => name.endsWith('-crd.yaml')).sort()
    .map((name): KubeObject => Definition.parse(parse(readFileSync(join(dir, name), 'utf8'))));
}

const Established = z.looseObject({ status: z.looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })) }) });

/** Namespace, definitions and minimal configuration on the hub, each only where absent. Changes: the hub. */
export async function prepareHub(rest: KubeRest, tools: Readonly<Record<string, string>>, redisPassword: string): Promise<void> {
  await rest.createIfAbsent('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: argocdNamespace } });
  const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  const wanted = definitions(tools['argocd-crds'] ?? '');
  for (const definition of wanted) await rest.createIfAbsent(crds, definition);
  for (const { plural, object } of minimalConfig(redisPassword, randomBytes(32).toString('base64'))) {
    await rest.createIfAbsent(`/api/v1/namespaces/${argocdNamespace}/${plural}`, object);
  }
  for (const until = Date.now() + 30_000; ;) {
    const found = await Promise.all(wanted.map((d) => rest.get(`${crds}/${d.metadata.name}`)));
    const ready = found.every((d) => Established.safeParse(d).data?.status.conditions.some((c) => c.type === 'Established' && c.status === 'True'));
    if (ready) break;
    if (Date.now() > until) throw new LocalFailure('Installing Argo CD\'s definitions', 'the API server does not serve them after 30 s', 'read the API server\'s log with `argoeks local logs`');
    await sleep(100);
  }
  await createOnceServed(rest, `/apis/argoproj.io/v1alpha1/namespaces/${argocdNamespace}/appprojects`, defaultProject);
}

/** A definition that is established may take a moment longer to be served. */
async function createOnceServed(rest: KubeRest, collection: string, object: KubeObject): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await rest.createIfAbsent(collection, object);
      return;
    } catch (error) {
      if (attempt === 50) throw error;
      await sleep(100);
    }
  }
}

/** What Argo CD's servers are started with. */
export interface ArgoCdInput {
  readonly worldDir: string;
  readonly state: ArgoCdState;
  readonly tools: Readonly<Record<string, string>>;
  readonly socketDir: string;
  /** PATH of the machine, for git. */
  readonly path: string;
}

/** Creates the folders and files the servers use, all inside the world. */
export function prepareArgoCdFiles(worldDir: string, state: ArgoCdState): void {
  const dir = layout.argocd(worldDir);
  for (const name of ['home', 'tmp', 'config', 'config/tls', 'config/ssh', 'config/gpg/source', 'config/gpg/keys', 'plugins', 'cache', 'data']) {
    mkdirSync(join(dir, name), { recursive: true, mode: 0o700 });
  }
  writeSecret(join(dir, 'redis-password'), state.redisPassword);
  writeSecret(join(dir, 'config', 'ssh', 'ssh_known_hosts'), '');
}

/**
 * Redis and Argo CD's servers, out of cluster, listening on loopback only. The web interface is not part of the Go module, so the API
 * server is not run. Timings are shorter than in production: nothing here is worth sparing. Pure.
 */
export function argoCdChildren({ worldDir, state, tools, socketDir, path }: ArgoCdInput): readonly ChildSpec[] {
  const dir = layout.argocd(worldDir);
  const { ports } = state;
  const kubeconfigPath = layout.kubeconfig(worldDir, state.hub);
  const helm = tools['helm'] ?? 'helm';
  const kustomize = tools['kustomize'] ?? 'kustomize';
  const argocd = tools['argocd'] ?? 'argocd';
  const repoServer = `127.0.0.1:${ports.repoServer}`;
  const env: Readonly<Record<string, string>> = {
    ...goMemory,
    // Git asks `argocd` for passwords.
    PATH: [dirname(helm), dirname(kustomize), dirname(argocd), path].join(':'),
    HOME: join(dir, 'home'), XDG_CONFIG_HOME: join(dir, 'config'), XDG_CACHE_HOME: join(dir, 'cache'), XDG_DATA_HOME: join(dir, 'data'),
    TMPDIR: join(dir, 'tmp'), HELM_CACHE_HOME: join(dir, 'cache'), HELM_CONFIG_HOME: join(dir, 'config'), HELM_DATA_HOME: join(dir, 'data'),
    KUBECONFIG: kubeconfigPath, POD_NAMESPACE: argocdNamespace, ARGOCD_NAMESPACE: argocdNamespace,
    // An Application may name its hub as production does; the kubeconfig stands for the pod's service account.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    REDIS_PASSWORD: state.redisPassword, REDIS_SERVER: `127.0.0.1:${ports.redis}`,
    ARGOCD_GPG_ENABLED: 'false', ARGOCD_GNUPGHOME: join(dir, 'config', 'gpg', 'keys'),
    ARGOCD_TLS_DATA_PATH: join(dir, 'config', 'tls'), ARGOCD_SSH_DATA_PATH: join(dir, 'config', 'ssh'), ARGOCD_PLUGINSOCKFILEPATH: join(dir, 'plugins'),
    ARGOCD_ASK_PASS_SOCK: join(socketDir, 'askpass.sock'),
    ARGOCD_RECONCILIATION_TIMEOUT: '60s', ARGOCD_RECONCILIATION_JITTER: '0s', ARGOCD_SYNC_WAVE_DELAY: '0',
    ARGOCD_APPLICATION_CONTROLLER_SELF_HEAL_TIMEOUT_SECONDS: '1', ARGOCD_APPLICATION_CONTROLLER_SELF_HEAL_BACKOFF_TIMEOUT_SECONDS: '1',
    ARGOCD_APPLICATION_CONTROLLER_SELF_HEAL_BACKOFF_FACTOR: '2', ARGOCD_APPLICATION_CONTROLLER_SELF_HEAL_BACKOFF_CAP_SECONDS: '15',
    ARGOCD_EXEC_TIMEOUT: '3m', ARGOCD_CONTROLLER_REPLICAS: '1', ARGOCD_K8S_CLIENT_QPS: '200', ARGOCD_K8S_CLIENT_BURST: '400',
  };
  const server = (name: string, args: readonly string[]): ChildSpec => ({
    name: `argocd/${name}`, program: argocd, cwd: dir, log: layout.log(worldDir, `argocd/${name}`),
    env: { ...env, ARGOCD_BINARY_NAME: name }, args: ['--loglevel=info', '--logformat=text', ...args],
  });
  const hub = [`--kubeconfig=${kubeconfigPath}`, `--namespace=${argocdNamespace}`];
  const redis = `--redis=127.0.0.1:${ports.redis}`;
  return [
    {
      name: 'argocd/redis', program: tools['argoeks-redis'] ?? 'argoeks-redis', cwd: dir, log: layout.log(worldDir, 'argocd/redis'),
      env: { HOME: join(dir, 'home') }, args: [`--addr=127.0.0.1:${ports.redis}`, `--password-file=${join(dir, 'redis-password')}`],
    },
    server('argocd-repo-server', ['--address=127.0.0.1', `--port=${ports.repoServer}`, '--metrics-address=127.0.0.1', `--metrics-port=${ports.repoMetrics}`, '--disable-tls', redis]),
    server('argocd-application-controller', [...hub, `--metrics-port=${ports.controllerMetrics}`, `--repo-server=${repoServer}`, '--repo-server-plaintext', redis]),
    server('argocd-applicationset-controller', [
      ...hub, `--metrics-addr=127.0.0.1:${ports.setsMetrics}`, `--probe-addr=127.0.0.1:${ports.setsProbe}`, `--webhook-addr=127.0.0.1:${ports.setsWebhook}`,
      `--argocd-repo-server=${repoServer}`, '--repo-server-plaintext',
    ]),
  ];
}

const answers = (port: number): Promise<boolean> => new Promise((resolve) => {
  const socket = connect({ host: '127.0.0.1', port });
  socket.once('connect', () => { socket.destroy(); resolve(true); });
  socket.once('error', () => resolve(false));
});

/** Waits until Argo CD's servers listen. Throws LocalFailure that names the one that does not. */
export async function waitArgoCd(state: ArgoCdState, specs: readonly ChildSpec[], children: Children, deadlineMs = 60_000): Promise<void> {
  const until = Date.now() + deadlineMs;
  for (const [name, port] of Object.entries({ 'argocd/redis': state.ports.redis, 'argocd/argocd-repo-server': state.ports.repoServer,
    'argocd/argocd-application-controller': state.ports.controllerMetrics, 'argocd/argocd-applicationset-controller': state.ports.setsProbe })) {
    while (!await answers(port)) {
      const log = specs.find((spec) => spec.name === name)?.log ?? '';
      if (Date.now() > until || children.look(name).deaths >= 5) throw new LocalFailure(`Starting ${name}`, 'it does not listen', `read ${log}`);
      await sleep(100);
    }
  }
}
