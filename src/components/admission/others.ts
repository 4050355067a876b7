import { literal } from './pods.ts';
import { changesOf, type AdmissionPolicy } from './policy.ts';

const isNew = `request.operation != 'UPDATE'`;

const listOf = (labels: readonly string[]): string => `[${labels.map(literal).join(', ')}]`;

/** Labels that namespaces and workloads bear, and further ones of namespaces. What another object made answers for itself with that one: a Job with its CronJob. */
export const requiredLabels = (labels: readonly string[], ofNamespaces: readonly string[]): AdmissionPolicy => ({
  name: 'platform-required-labels',
  demands: `Namespaces and workloads bear the labels ${labels.join(', ')}${ofNamespaces.length === 0 ? '' : `; namespaces ${ofNamespaces.join(', ')} too`}.`,
  resources: [changesOf('', ['namespaces']), changesOf('apps', ['deployments', 'statefulsets', 'daemonsets']), changesOf('batch', ['jobs', 'cronjobs'])],
  when: [
    { name: 'labels-are-new-or-changed', expression: `${isNew} || object.metadata.?labels != oldObject.metadata.?labels` },
    { name: 'made-by-no-other-object', expression: '!object.metadata.?ownerReferences.orValue([]).exists(o, o.?controller.orValue(false))' },
  ],
  variables: [{ name: 'missing', expression: `${ofNamespaces.length === 0 ? listOf(labels) : `(request.kind.kind == 'Namespace' ? ${listOf([...labels, ...ofNamespaces])} : ${listOf(labels)})`}.filter(l, object.metadata.?labels[?l].orValue('') == '')` }],
  validations: [{ expression: 'variables.missing.size() == 0', message: `The labels ${labels.join(', ')} are required.`, messageExpression: `'labels are missing or empty: ' + variables.missing.join(', ')` }],
});

export const noNodePort: AdmissionPolicy = {
  name: 'platform-no-node-port',
  demands: 'Services open no port on every node.',
  resources: [changesOf('', ['services'])],
  when: [{ name: 'type-is-new-or-changed', expression: `${isNew} || object.spec.?type != oldObject.spec.?type` }],
  variables: [],
  validations: [{ expression: `object.spec.?type.orValue('ClusterIP') != 'NodePort'`, message: 'Services must not be of type NodePort: use ClusterIP behind an Ingress, or LoadBalancer.' }],
};

/**
 * The load balancer controller listens on HTTP unless it is told a certificate or HTTPS, whatever `spec.tls` says. Source: AWS Load
 * Balancer Controller, "Ingress annotations", `listen-ports` and `certificate-arn`.
 */
const alb = (name: string): string => `variables.annotations[?'alb.ingress.kubernetes.io/${name}'].orValue('')`;
const listensOnHttps = `(${alb('certificate-arn')} != '' || ${alb('listen-ports')}.contains('"HTTPS"'))`;
const covers = `h == r.host || (h.startsWith('*.') && r.host.contains('.') && r.host.substring(r.host.indexOf('.')) == h.substring(1))`;

export const ingressTls: AdmissionPolicy = {
  name: 'platform-ingress-tls',
  demands: 'Every Ingress serves its hosts over TLS.',
  resources: [changesOf('networking.k8s.io', ['ingresses'])],
  when: [{ name: 'way-in-is-new-or-changed', expression: `${isNew} || object.spec != oldObject.spec || object.metadata.?annotations != oldObject.metadata.?annotations` }],
  variables: [
    { name: 'annotations', expression: 'object.metadata.?annotations.orValue({})' },
    { name: 'isAlb', expression: `object.spec.?ingressClassName.orValue(variables.annotations[?'kubernetes.io/ingress.class'].orValue('')) == 'alb'` },
    { name: 'tls', expression: 'object.spec.?tls.orValue([])' },
  ],
  validations: [
    { expression: `!variables.isAlb || ${listensOnHttps}`, message: 'An Ingress of class alb must name alb.ingress.kubernetes.io/certificate-arn, or HTTPS in alb.ingress.kubernetes.io/listen-ports.' },
    { expression: `!variables.isAlb || !${alb('listen-ports')}.contains('"HTTP"') || ${alb('ssl-redirect')} != ''`, message: 'An Ingress of class alb that listens on HTTP must name alb.ingress.kubernetes.io/ssl-redirect.' },
    { expression: 'variables.isAlb || variables.tls.size() > 0', message: 'An Ingress must have spec.tls.' },
    {
      expression: `variables.isAlb || variables.tls.size() == 0 || object.spec.?rules.orValue([]).all(r, !has(r.host) || variables.tls.exists(t, t.?hosts.orValue([]).exists(h, ${covers}) || t.?hosts.orValue([]).size() == 0))`,
      message: 'Every host of an Ingress must be in spec.tls.',
    },
  ],
};
