import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LocalFailure } from './failure.ts';
import { kubeconfig } from './kubeconfig.ts';
import { KubeRest, type KubeAccess } from './kube-rest.ts';
import { kwokConfigText } from './kwok-stages.ts';
import { type Pki, ensurePki, writeSecret } from './pki.ts';
import type { ChildSpec, Children } from './process/children.ts';
import { goMemory } from './process/go-memory.ts';
import { layout, type ClusterState, type WorldState } from './process/state.ts';
import { tail } from './tools/run.ts';

/** Service addresses of every local cluster, as EKS assigns them to VPCs outside 172.16.0.0/12. */
export const serviceCidr = '172.20.0.0/16';
const serviceIp = '172.20.0.1';

/** Addresses kwok hands to pods that don't use their node's. */
const podCidr = '100.64.0.0/16';

/** How long a control plane may take from start to `/readyz`, in milliseconds. Measured: about 4 s alone on two cores. */
export const readyDeadlineMs = 120_000;

/** Everything about one control plane that its programs are started with. */
export interface ControlPlaneInput {
  readonly worldDir: string;
  readonly cluster: string;
  readonly state: ClusterState;
  readonly tools: Readonly<Record<string, string>>;
  readonly pki: Pki;
  /** Unix socket through which the API server reaches Services; see `egress.ts`. */
  readonly egressSocket: string;
}

/** URL of a cluster's API server. Pure. */
export const endpointOf = (state: ClusterState): string => `https://127.0.0.1:${state.ports.apiserver}`;

function tool(tools: Readonly<Record<string, string>>, name: string): string {
  const path = tools[name];
  if (path === undefined) throw new LocalFailure(`Starting ${name}`, 'it was neither built nor found', 'run `argoeks local up` again');
  return path;
}

/** The programs of one control plane: those that serve the API, then those that need it. Pure. */
export function controlPlaneChildren(input: ControlPlaneInput): { readonly serving: readonly ChildSpec[]; readonly clients: readonly ChildSpec[] } {
  const { worldDir, cluster, state, tools, pki } = input;
  const dir = layout.cluster(worldDir, cluster);
  const { etcdClient, etcdPeer, apiserver } = state.ports;
  const child = (program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildSpec => {
    const name = `${cluster}/${program}`;
    return { name, program: tool(tools, program), args, cwd: dir, log: layout.log(worldDir, name), env: { HOME: dir, TMPDIR: join(dir, 'tmp'), ...goMemory, ...env } };
  };
  const etcd = child('etcd', [
    `--name=${cluster}`, `--data-dir=${join(dir, 'etcd')}`,
    `--listen-client-urls=https://127.0.0.1:${etcdClient}`, `--advertise-client-urls=https://127.0.0.1:${etcdClient}`,
    `--listen-peer-urls=https://127.0.0.1:${etcdPeer}`, `--initial-advertise-peer-urls=https://127.0.0.1:${etcdPeer}`,
    `--initial-cluster=${cluster}=https://127.0.0.1:${etcdPeer}`,
    `--cert-file=${pki.etcdCert}`, `--key-file=${pki.etcdKey}`, '--client-cert-auth', `--trusted-ca-file=${pki.ca}`,
    `--peer-cert-file=${pki.etcdCert}`, `--peer-key-file=${pki.etcdKey}`, '--peer-client-cert-auth', `--peer-trusted-ca-file=${pki.ca}`,
    // A power cut may lose this store; waiting for the disk on each write would double the time to bring a cluster up.
    '--unsafe-no-fsync', '--snapshot-count=5000', '--auto-compaction-mode=periodic', '--auto-compaction-retention=30m', '--log-level=warn',
  ]);
  const server = child('kube-apiserver', [
    '--bind-address=127.0.0.1', `--secure-port=${apiserver}`,
    // There is no address on which pods could reach it; the reconciler that would publish one is off.
    '--advertise-address=192.0.2.1', '--endpoint-reconciler-type=none',
    `--etcd-servers=https://127.0.0.1:${etcdClient}`, `--etcd-cafile=${pki.ca}`, `--etcd-certfile=${pki.etcdClientCert}`, `--etcd-keyfile=${pki.etcdClientKey}`,
    `--tls-cert-file=${pki.apiserverCert}`, `--tls-private-key-file=${pki.apiserverKey}`,
    `--client-ca-file=${pki.ca}`, `--token-auth-file=${pki.tokenFile}`, '--authorization-mode=Node,RBAC', '--anonymous-auth=true',
    '--service-account-issuer=https://kubernetes.default.svc', `--service-account-key-file=${pki.serviceAccountPub}`, `--service-account-signing-key-file=${pki.serviceAccountKey}`,
    `--service-cluster-ip-range=${serviceCidr}`, '--allow-privileged=true',
    `--requestheader-client-ca-file=${pki.frontProxyCa}`, '--requestheader-allowed-names=front-proxy-client',
    '--requestheader-username-headers=X-Remote-User', '--requestheader-group-headers=X-Remote-Group', '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    `--proxy-client-cert-file=${pki.frontProxyCert}`, `--proxy-client-key-file=${pki.frontProxyKey}`,
    `--egress-selector-config-file=${join(dir, 'egress.json')}`,
    // On top of the defaults, as EKS has it. Webhooks are off: their pods don't really run here, so nobody could answer.
    '--enable-admission-plugins=NodeRestriction', '--disable-admission-plugins=MutatingAdmissionWebhook,ValidatingAdmissionWebhook',
    '--profiling=false', '--event-ttl=2h', '--v=1',
  ]);
  const quiet = ['--leader-elect=false', '--secure-port=0', '--profiling=false', '--kube-api-qps=200', '--kube-api-burst=400', '--v=1'];
  const manager = child('kube-controller-manager', [
    `--kubeconfig=${join(dir, 'controller-manager.json')}`, ...quiet,
    `--root-ca-file=${pki.ca}`, `--service-account-private-key-file=${pki.serviceAccountKey}`, '--use-service-account-credentials=true',
    '--node-monitor-grace-period=2m', '--allocate-node-cidrs=false', '--configure-cloud-routes=false', `--cluster-name=${cluster}`,
  ]);
  const scheduler = child('kube-scheduler', [`--kubeconfig=${join(dir, 'scheduler.json')}`, ...quiet]);
  const kwok = child('kwok', [
    `--kubeconfig=${join(dir, 'kwok.json')}`, `--config=${join(dir, 'kwok-stages.yaml')}`, `--cidr=${podCidr}`,
    '--manage-all-nodes=false', '--manage-nodes-with-annotation-selector=kwok.x-k8s.io/node=fake', '--node-lease-duration-seconds=0',
  ]);
  return { serving: [etcd, server], clients: [manager, scheduler, kwok] };
}

/** Writes what the programs read: keys, kubeconfigs, kwok's stages. Idempotent. */
export async function prepareControlPlane(worldDir: string, cluster: string, state: ClusterState, egressSocket: string): Promise<Pki> {
  const dir = layout.cluster(worldDir, cluster);
  mkdirSync(join(dir, 'tmp'), { recursive: true, mode: 0o700 });
  const pki = await ensurePki(layout.pki(worldDir, cluster), cluster, serviceIp);
  const server = endpointOf(state);
  const caPem = readFileSync(pki.ca, 'utf8');
  const config = (user: Parameters<typeof kubeconfig>[0]['user']): string => kubeconfig({ cluster, server, caPem, user });
  writeSecret(join(dir, 'controller-manager.json'), config({ certFile: pki.controllerManagerCert, keyFile: pki.controllerManagerKey }));
  writeSecret(join(dir, 'scheduler.json'), config({ certFile: pki.schedulerCert, keyFile: pki.schedulerKey }));
  writeSecret(join(dir, 'kwok.json'), config({ token: pki.tokens.kwok }));
  writeSecret(layout.kubeconfig(worldDir, cluster), config({ token: pki.tokens.admin }));
  writeSecret(join(dir, 'kwok-stages.yaml'), kwokConfigText());
  writeSecret(join(dir, 'egress.json'), JSON.stringify({
    apiVersion: 'apiserver.k8s.io/v1beta1', kind: 'EgressSelectorConfiguration',
    egressSelections: [{ name: 'cluster', connection: { proxyProtocol: 'HTTPConnect', transport: { uds: { udsName: egressSocket } } } }],
  }));
  return pki;
}

/** How the supervisor itself reaches a cluster. Reads the cluster's keys. */
export async function accessOf(worldDir: string, cluster: string, state: ClusterState, user: 'admin' | 'argocd' | 'argoeks' = 'argoeks'): Promise<KubeAccess> {
  const pki = await ensurePki(layout.pki(worldDir, cluster), cluster, serviceIp);
  return { endpoint: endpointOf(state), caPem: readFileSync(pki.ca, 'utf8'), token: pki.tokens[user] };
}

function tailOfLog(path: string): string {
  try {
    return tail(readFileSync(path, 'utf8'), 12);
  } catch {
    return '(no log was written)';
  }
}

/** Waits for `/readyz`. Throws LocalFailure with the end of the log of the program that died, or else of the API server. */
export async function waitReady(rest: KubeRest, cluster: string, serving: readonly ChildSpec[], children: Children, deadlineMs = readyDeadlineMs): Promise<void> {
  const until = Date.now() + deadlineMs;
  let last = 'it never answered';
  while (Date.now() < until) {
    try {
      await rest.call('GET', '/readyz', undefined, 'application/json', 3_000);
      return;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    const dying = serving.find((spec) => children.look(spec.name).deaths >= 4);
    if (dying) {
      throw new LocalFailure(`Starting ${dying.name}`, `it ends again and again:\n${tailOfLog(dying.log)}`, `read ${dying.log}, then run the same command again`);
    }
    await sleep(100);
  }
  const blamed = serving.at(-1);
  throw new LocalFailure(`Waiting ${deadlineMs / 1000} s for the API server of ${cluster}`, `${last}\n${blamed ? tailOfLog(blamed.log) : ''}`,
    `read ${blamed?.log ?? 'the logs'}; a busy machine may just need a second try`);
}

/** Starts one control plane and returns when its API answers and its controllers run. Idempotent. */
export async function bringUp(worldDir: string, cluster: string, world: WorldState, children: Children): Promise<void> {
  const state = world.clusters[cluster];
  if (!state) throw new LocalFailure(`Starting ${cluster}`, 'it is not part of this local world', 'ask for it first with ensureControlPlane');
  const egressSocket = layout.egress(world.socketDir);
  const pki = await prepareControlPlane(worldDir, cluster, state, egressSocket);
  const specs = controlPlaneChildren({ worldDir, cluster, state, tools: world.tools, pki, egressSocket });
  for (const spec of specs.serving) await children.ensure(spec);
  const rest = new KubeRest(() => accessOf(worldDir, cluster, state));
  try {
    await waitReady(rest, cluster, specs.serving, children);
  } finally {
    rest.close();
  }
  for (const spec of specs.clients) await children.ensure(spec);
}
