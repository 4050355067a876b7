import 'reflect-metadata';
import { generateKeyPairSync, randomBytes, webcrypto } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const yearMs = 365 * 24 * 3_600_000;

/** Who may call a local API server with a token, and in which groups. */
export const tokenUsers = ['admin', 'argocd', 'kwok', 'argoeks'] as const;
export type TokenUser = (typeof tokenUsers)[number];

/** Paths of one control plane's keys and certificates (PEM), all in one folder that only its owner can read. */
export interface Pki {
  readonly ca: string;
  readonly apiserverCert: string;
  readonly apiserverKey: string;
  readonly etcdCert: string;
  readonly etcdKey: string;
  readonly etcdClientCert: string;
  readonly etcdClientKey: string;
  readonly frontProxyCa: string;
  readonly frontProxyCert: string;
  readonly frontProxyKey: string;
  readonly controllerManagerCert: string;
  readonly controllerManagerKey: string;
  readonly schedulerCert: string;
  readonly schedulerKey: string;
  readonly serviceAccountKey: string;
  readonly serviceAccountPub: string;
  readonly tokenFile: string;
  readonly tokens: Readonly<Record<TokenUser, string>>;
}

interface Authority {
  readonly cert: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

const pem = (label: string, der: ArrayBuffer): string => x509.PemConverter.encode(der, label);

async function newKey(): Promise<webcrypto.CryptoKeyPair> {
  x509.cryptoProvider.set(webcrypto);
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
}

const keyPem = async (key: webcrypto.CryptoKey): Promise<string> => pem('PRIVATE KEY', await webcrypto.subtle.exportKey('pkcs8', key));

// A clock that is a little behind elsewhere must not make a fresh certificate invalid.
const validity = (): { notBefore: Date; notAfter: Date } => ({ notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + 10 * yearMs) });
const serial = (): string => `00${randomBytes(15).toString('hex')}`;

async function newAuthority(name: string): Promise<Authority> {
  const keys = await newKey();
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(), name: `CN=${name}`, ...validity(), signingAlgorithm: algorithm, keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.digitalSignature, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert, key: keys.privateKey };
}

/** What a certificate says. `organization` becomes the user's Kubernetes group. */
interface Subject {
  readonly commonName: string;
  readonly organization?: string;
  readonly dns?: readonly string[];
  readonly ips?: readonly string[];
}

async function issue(authority: Authority, subject: Subject): Promise<{ cert: string; key: string }> {
  const keys = await newKey();
  const names: x509.JsonGeneralName[] = [
    ...(subject.dns ?? []).map((value) => ({ type: 'dns' as const, value })),
    ...(subject.ips ?? []).map((value) => ({ type: 'ip' as const, value })),
  ];
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial(), issuer: authority.cert.subject,
    subject: [...(subject.organization ? [{ O: [subject.organization] }] : []), { CN: [subject.commonName] }],
    ...validity(), signingAlgorithm: algorithm, publicKey: keys.publicKey, signingKey: authority.key,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyEncipherment, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
      ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
    ],
  });
  return { cert: cert.toString('pem'), key: await keyPem(keys.privateKey) };
}

/** Self-signed certificate and key (PEM) of an endpoint whose callers don't verify it. */
export async function selfSigned(commonName: string): Promise<{ cert: string; key: string }> {
  return issue(await newAuthority(commonName), { commonName, dns: [commonName] });
}

/** Writes a file that only its owner can read; it appears whole or not at all. */
export function writeSecret(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.new`;
  writeFileSync(temporary, text, { mode: 0o600 });
  renameSync(temporary, path);
}

const paths = (dir: string): Omit<Pki, 'tokens'> => {
  const at = (name: string): string => join(dir, name);
  return {
    ca: at('ca.crt'),
    apiserverCert: at('apiserver.crt'), apiserverKey: at('apiserver.key'),
    etcdCert: at('etcd.crt'), etcdKey: at('etcd.key'),
    etcdClientCert: at('etcd-client.crt'), etcdClientKey: at('etcd-client.key'),
    frontProxyCa: at('front-proxy-ca.crt'), frontProxyCert: at('front-proxy.crt'), frontProxyKey: at('front-proxy.key'),
    controllerManagerCert: at('controller-manager.crt'), controllerManagerKey: at('controller-manager.key'),
    schedulerCert: at('scheduler.crt'), schedulerKey: at('scheduler.key'),
    serviceAccountKey: at('sa.key'), serviceAccountPub: at('sa.pub'),
    tokenFile: at('tokens.csv'),
  };
};

/** The lines of kube-apiserver's static token file: token, user, uid, groups. Pure. */
export const tokenFileText = (tokens: Readonly<Record<TokenUser, string>>): string =>
  tokenUsers.map((user) => `${tokens[user]},argoeks:${user},argoeks:${user},"system:masters"\n`).join('');

function readTokens(text: string): Readonly<Record<TokenUser, string>> {
  const byUser = new Map(text.trim().split('\n').map((line) => line.split(',')).map(([token, user]) => [user, token ?? '']));
  const of = (user: TokenUser): string => byUser.get(`argoeks:${user}`) ?? '';
  return { admin: of('admin'), argocd: of('argocd'), kwok: of('kwok'), argoeks: of('argoeks') };
}

/**
 * Keys and certificates of one control plane: a CA of its own, random tokens, service-account keys. Created once, read afterwards;
 * who asks at the same moment gets the same. Two authorities: one for callers and servers, and one for the aggregation layer, as kube-apiserver demands.
 * Effects: files below `dir`, readable by their owner only.
 */
export async function ensurePki(dir: string, cluster: string, serviceIp: string): Promise<Pki> {
  const at = paths(dir);
  if (!existsSync(at.tokenFile)) {
    const own = `${dir}.${randomBytes(6).toString('hex')}.new`;
    await createPki(own, cluster, serviceIp);
    try {
      // The folder appears whole or not at all.
      renameSync(own, dir);
    } catch (error) {
      rmSync(own, { recursive: true, force: true });
      // Another was faster.
      if (!existsSync(at.tokenFile)) throw error;
    }
  }
  return { ...at, tokens: readTokens(readFileSync(at.tokenFile, 'utf8')) };
}

async function createPki(dir: string, cluster: string, serviceIp: string): Promise<void> {
  const at = paths(dir);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const [authority, frontProxy] = await Promise.all([newAuthority(`argoeks-local-${cluster}`), newAuthority(`argoeks-local-${cluster}-front-proxy`)]);
  const local = { dns: ['localhost'], ips: ['127.0.0.1'] };
  const kubernetes = ['kubernetes', 'kubernetes.default', 'kubernetes.default.svc', 'kubernetes.default.svc.cluster.local'];
  const [apiserver, etcd, etcdClient, proxy, manager, scheduler] = await Promise.all([
    issue(authority, { commonName: 'kube-apiserver', dns: [...local.dns, ...kubernetes], ips: [...local.ips, serviceIp] }),
    issue(authority, { commonName: 'etcd', ...local }),
    issue(authority, { commonName: 'kube-apiserver-etcd-client' }),
    issue(frontProxy, { commonName: 'front-proxy-client' }),
    issue(authority, { commonName: 'system:kube-controller-manager' }),
    issue(authority, { commonName: 'system:kube-scheduler' }),
  ]);
  const signing = generateKeyPairSync('ec', {
    namedCurve: 'P-256', publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const files: readonly (readonly [string, string])[] = [
    [at.ca, authority.cert.toString('pem')],
    [at.apiserverCert, apiserver.cert], [at.apiserverKey, apiserver.key],
    [at.etcdCert, etcd.cert], [at.etcdKey, etcd.key],
    [at.etcdClientCert, etcdClient.cert], [at.etcdClientKey, etcdClient.key],
    [at.frontProxyCa, frontProxy.cert.toString('pem')], [at.frontProxyCert, proxy.cert], [at.frontProxyKey, proxy.key],
    [at.controllerManagerCert, manager.cert], [at.controllerManagerKey, manager.key],
    [at.schedulerCert, scheduler.cert], [at.schedulerKey, scheduler.key],
    [at.serviceAccountKey, signing.privateKey], [at.serviceAccountPub, signing.publicKey],
  ];
  for (const [path, text] of files) writeSecret(path, text);
  const token = (): string => randomBytes(32).toString('base64url');
  writeSecret(at.tokenFile, tokenFileText({ admin: token(), argocd: token(), kwok: token(), argoeks: token() }));
}
