import { Agent, request } from 'node:https';
import { z } from 'zod';
import type { KubeObject } from '../units/kube-object.ts';

/** How to reach an API server with a token. */
export interface KubeAccess {
  readonly endpoint: string;
  readonly caPem: string;
  readonly token: string;
}

/** An answer of the API server that is no success. `status` is the HTTP status, 0 when nothing answered. */
export class KubeAnswer extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'KubeAnswer';
    this.status = status;
  }
}

const StatusMessage = z.object({ message: z.string() });

/** A Kubernetes object as far as the players read it. */
export const KubeItem = z.looseObject({
  apiVersion: z.string().optional(),
  kind: z.string().optional(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    generation: z.number().optional(),
    resourceVersion: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    labels: z.record(z.string(), z.string()).optional(),
    annotations: z.record(z.string(), z.string()).optional(),
  }),
  spec: z.looseObject({}).optional(),
  status: z.looseObject({}).optional(),
});
export type KubeItem = z.infer<typeof KubeItem>;

const ItemList = z.object({ items: z.array(KubeItem).nullable().transform((items) => items ?? []) });

type Body = 'application/json' | 'application/merge-patch+json' | 'application/apply-patch+yaml' | 'application/json-patch+json';

/** Plain calls to one API server by path. Made for the supervisor, which wants neither kubeconfig files nor generated clients. */
export class KubeRest {
  readonly #access: () => Promise<KubeAccess>;
  #reached: Promise<{ access: KubeAccess; agent: Agent }> | undefined;

  /** `access` is asked once, at the first call. */
  constructor(access: () => Promise<KubeAccess>) {
    this.#access = access;
  }

  #reach(): Promise<{ access: KubeAccess; agent: Agent }> {
    this.#reached ??= this.#access().then((access) => ({ access, agent: new Agent({ ca: access.caPem, keepAlive: true, maxSockets: 8 }) }));
    return this.#reached;
  }

  /** One call. Resolves to the parsed JSON, or the text when it is none. Throws KubeAnswer. */
  async call(method: string, path: string, body?: unknown, type: Body = 'application/json', timeoutMs = 15_000): Promise<unknown> {
    const { access, agent } = await this.#reach();
    return new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const call = request(new URL(path, access.endpoint), {
        method, agent, timeout: timeoutMs,
        headers: {
          authorization: `Bearer ${access.token}`, accept: 'application/json',
          ...(text === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(text) }),
        },
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', (error) => reject(new KubeAnswer(0, error.message)));
        response.on('end', () => {
          const said = Buffer.concat(chunks).toString('utf8');
          const status = response.statusCode ?? 0;
          const parsed = parse(said);
          if (status >= 200 && status < 300) resolve(parsed);
          else reject(new KubeAnswer(status, StatusMessage.safeParse(parsed).data?.message ?? `${method} ${path}: ${status} ${said.slice(0, 200)}`));
        });
      });
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer within ${timeoutMs} ms`)));
      call.on('error', (error) => reject(new KubeAnswer(0, error.message)));
      call.end(text);
    });
  }

  /** All objects of a collection. A resource the server does not know reads as empty. */
  async list(path: string, query: Readonly<Record<string, string>> = {}): Promise<readonly KubeItem[]> {
    const search = new URLSearchParams(query).toString();
    try {
      return ItemList.parse(await this.call('GET', search ? `${path}?${search}` : path)).items;
    } catch (error) {
      if (error instanceof KubeAnswer && error.status === 404) return [];
      throw error;
    }
  }

  /** One object, or undefined when it is not there. */
  async get(path: string): Promise<KubeItem | undefined> {
    try {
      return KubeItem.parse(await this.call('GET', path));
    } catch (error) {
      if (error instanceof KubeAnswer && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Creates an object and leaves an existing one alone. Returns whether it was created. */
  async createIfAbsent(collection: string, object: KubeObject): Promise<boolean> {
    try {
      await this.call('POST', collection, object);
      return true;
    } catch (error) {
      if (error instanceof KubeAnswer && error.status === 409) return false;
      throw error;
    }
  }

  /** Server-side apply as `argoeks-local`, conflicts forced. */
  apply(path: string, object: KubeObject): Promise<unknown> {
    return this.call('PATCH', `${path}?fieldManager=argoeks-local&force=true`, object, 'application/apply-patch+yaml');
  }

  /** JSON merge patch. */
  merge(path: string, patch: unknown): Promise<unknown> {
    return this.call('PATCH', path, patch, 'application/merge-patch+json');
  }

  /** Deletes an object if it is there; waits for nothing. */
  async remove(path: string): Promise<void> {
    try {
      await this.call('DELETE', path);
    } catch (error) {
      if (!(error instanceof KubeAnswer && error.status === 404)) throw error;
    }
  }

  close(): void {
    void this.#reached?.then(({ agent }) => agent.destroy());
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
