import type { ChartRelease } from '../../model/workload.ts';
import type { KubeObject } from '../../units/kube-object.ts';
import { isRecord, mergedValues, walkValues, type Json } from './release-values.ts';

const ingressOf = (path: string, node: Json): KubeObject => {
  const hosts = Array.isArray(node['hosts']) ? node['hosts'].map((host: unknown) => (isRecord(host) ? host['host'] : host)) : [];
  const host = node['hostname'] ?? hosts[0];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name: `of value ${path}`, ...(isRecord(node['annotations']) ? { annotations: node['annotations'] as Readonly<Record<string, string>> } : {}) },
    spec: {
      ingressClassName: node['ingressClassName'] ?? node['className'],
      rules: host === undefined ? [] : [{ host }],
      // Some charts take `tls: true` and make the secret's name themselves.
      tls: node['tls'] === true ? [{ hosts: [host] }] : node['tls'],
    },
  };
};

/**
 * Services of type NodePort and Ingresses that the values of a release ask for, as charts commonly spell it (`type: NodePort`,
 * `ingress: {enabled: true, …}`): all that can be seen of them without the chart. Pure.
 */
export const servedObjects = (release: ChartRelease): readonly KubeObject[] => {
  const found: KubeObject[] = [];
  walkValues(mergedValues(release), (node, path) => {
    if (node['type'] === 'NodePort') found.push({ apiVersion: 'v1', kind: 'Service', metadata: { name: `of value ${path}` }, spec: { type: 'NodePort' } });
    if (/(^|\.)ingress$/i.test(path) && node['enabled'] === true) found.push(ingressOf(path, node));
  });
  return found;
};
