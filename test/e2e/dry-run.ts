import { KubeConfig } from '@kubernetes/client-node';
import { Agent, request, type RequestOptions } from 'node:https';
import type { KubeObject } from '../../src/units/kube-object.ts';

/** What an API server said to an object that it was asked about and did not keep. */
export interface Said {
  readonly status: number;
  readonly message: string;
  /** Texts of its `Warning` headers. */
  readonly warnings: readonly string[];
}

const plurals: Readonly<Record<string, string>> = { Ingress: 'ingresses' };
const pathOf = ({ apiVersion, kind, metadata }: KubeObject): string =>
  `${apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`}${metadata.namespace ? `/namespaces/${metadata.namespace}` : ''}/${plurals[kind] ?? `${kind.toLowerCase()}s`}`;

/** Asks the API server of a kubeconfig to make an object (or, with a patch, to change one), without keeping it. */
export const dryRunOf = (kubeconfig: string) => {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  const server = config.getCurrentCluster()?.server ?? '';
  const send = async (method: string, path: string, body: unknown, type: string): Promise<Said> => {
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const { ca, cert, key } = options;
    const agent = new Agent({ ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) });
    return new Promise((resolve, reject) => {
      const sent = request(new URL(`${path}?dryRun=All`, server), { method, agent, headers: { ...(options.headers as Record<string, string>), 'content-type': type } }, (answer) => {
        let text = '';
        const warnings = answer.rawHeaders.flatMap((name, i, all) => (i % 2 === 0 && name.toLowerCase() === 'warning' ? [all[i + 1] ?? ''] : []));
        answer.setEncoding('utf8').on('data', (part: string) => (text += part)).on('end', () => {
          agent.destroy();
          // A kind that is not served yet is answered in plain words.
          const message = text.startsWith('{') ? ((JSON.parse(text) as { message?: string }).message ?? '') : text;
          resolve({ status: answer.statusCode ?? 0, message, warnings });
        });
      });
      sent.on('error', reject);
      sent.end(JSON.stringify(body));
    });
  };
  return {
    create: (object: KubeObject): Promise<Said> => send('POST', pathOf(object), object, 'application/json'),
    patch: (object: KubeObject, patch: unknown, subresource = ''): Promise<Said> => send('PATCH', `${pathOf(object)}/${object.metadata.name}${subresource}`, patch, 'application/strategic-merge-patch+json'),
  };
};
