/** How to reach one API server. Certificates are PEM text or paths. */
export interface KubeconfigInput {
  readonly cluster: string;
  readonly server: string;
  readonly caFile?: string;
  readonly caPem?: string;
  readonly user:
    | { readonly token: string }
    | { readonly certFile: string; readonly keyFile: string };
}

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

/** A kubeconfig with one context, as JSON, which is YAML as well. Pure. */
export function kubeconfig({ cluster, server, caFile, caPem, user }: KubeconfigInput): string {
  const authority = caPem === undefined ? { 'certificate-authority': caFile } : { 'certificate-authority-data': base64(caPem) };
  const credentials = 'token' in user ? user : { 'client-certificate': user.certFile, 'client-key': user.keyFile };
  return `${JSON.stringify({
    apiVersion: 'v1', kind: 'Config', 'current-context': cluster,
    clusters: [{ name: cluster, cluster: { server, ...authority } }],
    users: [{ name: cluster, user: credentials }],
    contexts: [{ name: cluster, context: { cluster, user: cluster } }],
  }, null, 2)}\n`;
}
