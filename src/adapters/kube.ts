import { KubeConfig } from '@kubernetes/client-node';
import { Agent, request, type RequestOptions } from 'node:https';
import { PortError, type PortErrorKind } from '../ports/port-error.ts';
import type { Kube, KubeQuery } from '../ports/kube.ts';
import type { KubeObject } from '../units/kube-object.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

const kinds: Readonly<Record<number, PortErrorKind>> = { 401: 'denied', 403: 'denied', 404: 'missing', 409: 'conflict', 410: 'conflict', 429: 'throttled', 500: 'failed', 502: 'unreachable', 503: 'unreachable', 504: 'unreachable' };

const messageOf = ({ body, status }: Answer): string => {
  try {
    return (JSON.parse(body) as { message?: string }).message ?? `HTTP ${status}`;
  } catch {
    return `HTTP ${status}: ${body.slice(0, 200)}`;
  }
};

const base = (apiVersion: string): string => (apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`);

/** One page of a list; the API server is asked for more as long as it says so. */
const pageSize = 500;

/** Milliseconds an API server may take for one answer. */
const answerMs = 30_000;

class ApiServer implements Kube {
  readonly #config: KubeConfig;
  readonly #agent = new Agent({ keepAlive: true });
  /** Kinds by group and version. Forgotten after a miss, because CRDs come and go. */
  readonly #resources = new Map<string, readonly ApiResource[]>();

  constructor(config: KubeConfig) {
    this.#config = config;
  }

  async #call(method: string, path: string, operation: string, resource: string, body?: unknown, contentType = 'application/json'): Promise<Answer> {
    const cluster = this.#config.getCurrentCluster();
    if (!cluster) throw new PortError('failed', operation, resource, 'the kubeconfig names no cluster');
    const options: RequestOptions = { method, headers: { accept: 'application/json' }, timeout: answerMs };
    await this.#config.applyToHTTPSOptions(options);
    // The library's agent carries the certificates but is made anew for each request; ours keeps the connection.
    const { ca, cert, key, rejectUnauthorized } = options;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const url = new URL(cluster.server.replace(/\/$/, '') + path);
    return new Promise<Answer>((resolve, reject) => {
      const fail = (message: string, cause?: unknown): void => reject(new PortError('unreachable', operation, resource, `${url.host}: ${message}`, { cause }));
      const headers = { ...(options.headers as Record<string, string>), ...(text === undefined ? {} : { 'content-type': contentType, 'content-length': String(Buffer.byteLength(text)) }) };
      const sent = request(url, { method, headers, timeout: answerMs, agent: this.#agent, ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}), ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }) }, (answer) => {
        let got = '';
        answer.setEncoding('utf8').on('data', (part: string) => (got += part)).on('end', () => resolve({ status: answer.statusCode ?? 0, body: got })).on('error', (error) => fail(error.message, error));
      });
      sent.on('timeout', () => sent.destroy(new Error(`no answer within ${answerMs / 1000} s`)));
      sent.on('error', (error) => fail(error.message, error));
      sent.end(text);
    });
  }

  async #must(method: string, path: string, operation: string, resource: string, body?: unknown, contentType?: string): Promise<string> {
    const answer = await this.#call(method, path, operation, resource, body, contentType);
    if (answer.status >= 200 && answer.status < 300) return answer.body;
    throw new PortError(kinds[answer.status] ?? 'failed', operation, resource, messageOf(answer));
  }

  async #resource(apiVersion: string, kind: string): Promise<ApiResource | undefined> {
    const known = this.#resources.get(apiVersion)?.find((r) => r.kind === kind);
    if (known) return known;
    const answer = await this.#call('GET', base(apiVersion), 'discover', apiVersion);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw new PortError(kinds[answer.status] ?? 'failed', 'discover', apiVersion, messageOf(answer));
    const { resources = [] } = JSON.parse(answer.body) as { resources?: readonly ApiResource[] };
    const own = resources.filter((r) => !r.name.includes('/'));
    this.#resources.set(apiVersion, own);
    return own.find((r) => r.kind === kind);
  }

  static #path(apiVersion: string, { name: plural, namespaced }: ApiResource, namespace: string | undefined, name?: string): string {
    const within = namespaced && namespace !== undefined ? `/namespaces/${namespace}` : '';
    return `${base(apiVersion)}${within}/${plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
  }

  async list({ apiVersion, kind, namespace, labelSelector }: KubeQuery): Promise<readonly KubeObject[]> {
    const resource = await this.#resource(apiVersion, kind);
    if (!resource) return [];
    const items: KubeObject[] = [];
    let more: string | undefined;
    do {
      const query = new URLSearchParams({ limit: String(pageSize), ...(labelSelector === undefined ? {} : { labelSelector }), ...(more ? { continue: more } : {}) });
      const answer = await this.#call('GET', `${ApiServer.#path(apiVersion, resource, namespace)}?${query.toString()}`, 'list', resource.name);
      if (answer.status === 404) {
        this.#resources.delete(apiVersion);
        return [];
      }
      if (answer.status !== 200) throw new PortError(kinds[answer.status] ?? 'failed', 'list', resource.name, messageOf(answer));
      const page = JSON.parse(answer.body) as { items: readonly KubeObject[]; metadata?: { continue?: string } };
      // Items of a list carry no apiVersion and kind of their own.
      items.push(...page.items.map((item) => ({ ...item, apiVersion, kind })));
      more = page.metadata?.continue;
    } while (more);
    return items.sort((a, b) => (`${a.metadata.namespace ?? ''}/${a.metadata.name}` < `${b.metadata.namespace ?? ''}/${b.metadata.name}` ? -1 : 1));
  }

  async get({ apiVersion, kind, namespace }: KubeQuery, name: string): Promise<KubeObject | undefined> {
    const resource = await this.#resource(apiVersion, kind);
    if (!resource) return undefined;
    const answer = await this.#call('GET', ApiServer.#path(apiVersion, resource, namespace, name), 'read', `${kind} ${name}`);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw new PortError(kinds[answer.status] ?? 'failed', 'read', `${kind} ${name}`, messageOf(answer));
    return JSON.parse(answer.body) as KubeObject;
  }

  async apply(object: KubeObject): Promise<KubeObject> {
    const { apiVersion, kind, metadata } = object;
    const title = `${kind} ${metadata.name}`;
    const resource = await this.#resource(apiVersion, kind);
    if (!resource) throw new PortError('missing', 'apply', title, `the server does not know ${kind} of ${apiVersion}`);
    const path = `${ApiServer.#path(apiVersion, resource, resource.namespaced ? (metadata.namespace ?? 'default') : undefined, metadata.name)}?fieldManager=argoeks&force=true`;
    // Rendered charts often name a namespace on cluster-wide objects; the server would refuse it.
    const { namespace: _, ...bare } = metadata;
    const body = resource.namespaced ? object : { ...object, metadata: bare };
    return JSON.parse(await this.#must('PATCH', path, 'apply', title, body, 'application/apply-patch+yaml')) as KubeObject;
  }

  async patch({ apiVersion, kind, namespace }: KubeQuery, name: string, patch: unknown): Promise<KubeObject> {
    const title = `${kind} ${name}`;
    const resource = await this.#resource(apiVersion, kind);
    if (!resource) throw new PortError('missing', 'patch', title, `the server does not know ${kind} of ${apiVersion}`);
    return JSON.parse(await this.#must('PATCH', `${ApiServer.#path(apiVersion, resource, namespace, name)}?fieldManager=argoeks`, 'patch', title, patch, 'application/merge-patch+json')) as KubeObject;
  }

  async remove({ apiVersion, kind, namespace }: KubeQuery, name: string): Promise<void> {
    const title = `${kind} ${name}`;
    const resource = await this.#resource(apiVersion, kind);
    if (!resource) return;
    const answer = await this.#call('DELETE', ApiServer.#path(apiVersion, resource, namespace, name), 'remove', title, { propagationPolicy: 'Background' });
    if (answer.status === 404 || (answer.status >= 200 && answer.status < 300)) return;
    throw new PortError(kinds[answer.status] ?? 'failed', 'remove', title, messageOf(answer));
  }
}

/** The API server of a kubeconfig's current context; credentials by certificate, token or program (`exec`). */
export const kubeOf = (kubeconfig: string): Kube => {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  return new ApiServer(config);
};

/** Kubeconfig of a real EKS cluster: `aws eks get-token` makes a token for each use, so nothing secret is kept. JSON, which is YAML. Pure. */
export const eksKubeconfig = ({ cluster, region, endpoint, certificateAuthority }: { readonly cluster: string; readonly region: string; readonly endpoint: string; readonly certificateAuthority: string }): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': cluster,
    clusters: [{ name: cluster, cluster: { server: endpoint, 'certificate-authority-data': certificateAuthority } }],
    users: [{ name: cluster, user: { exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws', args: ['eks', 'get-token', '--cluster-name', cluster, '--region', region, '--output', 'json'], interactiveMode: 'Never' } } }],
    contexts: [{ name: cluster, context: { cluster, user: cluster } }],
  });
