import { literal } from './pods.ts';
import { changesOf, type AdmissionPolicy } from './policy.ts';

/** DNS names that each namespace of a team may use; `*.` in front stands for everything below. */
export type TeamHostnames = Readonly<Record<string, readonly string[]>>;

/** Annotations that bring further names: ExternalDNS writes records for the first two, ingress-nginx serves the third. */
const nameAnnotations = ['external-dns.alpha.kubernetes.io/hostname', 'external-dns.alpha.kubernetes.io/internal-hostname', 'nginx.ingress.kubernetes.io/server-alias'];

/** A name of the team's own, and a name at all: aliases of ingress-nginx may be regular expressions. */
const isOwn = (name: string): string => `${name}.matches('^([*][.])?[a-z0-9.-]+$') && variables.own.exists(p, ${name} == p || (p.startsWith('*.') && ${name}.endsWith(p.substring(1))))`;

/** Where there is no team: lists and mappings without entries have no type in CEL, and no host is called like this. */
const nobody: TeamHostnames = { '': [''] };

const isIngress = `request.kind.kind == 'Ingress'`;
const alb = (name: string): string => `variables.annotations[?'alb.ingress.kubernetes.io/${name}']`;

/**
 * Teams serve names of their own only: a route for another's host with a longer path would get that host's requests, and with them its sign-ins. An
 * Ingress of class `alb` is not open to the internet, and joins no load balancer of others. Sources: Gateway API, "HTTPRoute", precedence of matches; AWS
 * Load Balancer Controller v3.4.3, "Ingress annotations", `group.name`; ExternalDNS, "Annotations".
 */
export const teamWaysIn = (teams: TeamHostnames): AdmissionPolicy => {
  const hostnames = Object.keys(teams).length > 0 ? teams : nobody;
  return {
    name: 'platform-team-ways-in',
    demands: 'Teams serve their own names, and open no load balancer to the internet.',
    resources: [changesOf('', ['services']), changesOf('networking.k8s.io', ['ingresses']), changesOf('gateway.networking.k8s.io', ['httproutes', 'grpcroutes'])],
    when: [
      { name: 'is-of-a-team', expression: `object.metadata.?namespace.orValue('') in [${Object.keys(hostnames).map(literal).join(', ')}]` },
      { name: 'way-in-is-new-or-changed', expression: `request.operation != 'UPDATE' || dyn(object).spec != dyn(oldObject).spec || object.metadata.?annotations != oldObject.metadata.?annotations` },
    ],
    variables: [
      { name: 'own', expression: `{${Object.entries(hostnames).map(([namespace, names]) => `${literal(namespace)}: [${(names.length > 0 ? names : ['']).map(literal).join(', ')}]`).join(', ')}}[object.metadata.namespace]` },
      { name: 'annotations', expression: 'object.metadata.?annotations.orValue({})' },
      { name: 'rules', expression: `${isIngress} ? dyn(object).spec.?rules.orValue([]) : []` },
      { name: 'tls', expression: `${isIngress} ? dyn(object).spec.?tls.orValue([]) : []` },
      { name: 'hostnames', expression: `request.kind.kind in ['HTTPRoute', 'GRPCRoute'] ? dyn(object).spec.?hostnames.orValue([]) : []` },
    ],
    validations: [
      {
        expression: `!(${isIngress}) || (variables.rules.size() > 0 && variables.rules.all(r, has(r.host) && ${isOwn('string(r.host)')}) && variables.tls.all(t, t.?hosts.orValue([]).all(h, ${isOwn('string(h)')})))`,
        message: 'Every rule of an Ingress must name a host of the team.', messageExpression: `'every rule of an Ingress must name a host that is one of: ' + variables.own.join(', ')`,
      },
      {
        expression: `!(request.kind.kind in ['HTTPRoute', 'GRPCRoute']) || (variables.hostnames.size() > 0 && variables.hostnames.all(h, ${isOwn('string(h)')}))`,
        message: 'A route must name hostnames of the team.', messageExpression: `'a route must name hostnames that are of: ' + variables.own.join(', ')`,
      },
      {
        expression: `[${nameAnnotations.map(literal).join(', ')}].all(a, variables.annotations[?a].orValue('').split(',').map(n, n.trim()).all(n, n == '' || (${isOwn('n')})))`,
        message: 'Annotations must name hosts of the team.', messageExpression: `'annotations must name hosts that are of: ' + variables.own.join(', ')`,
      },
      { expression: `${alb('scheme')}.orValue('internal') == 'internal'`, message: 'A load balancer of a team must be internal.' },
      { expression: `${alb('group.name')}.orValue(object.metadata.namespace) == object.metadata.namespace`, message: 'alb.ingress.kubernetes.io/group.name must be the name of the namespace.' },
    ],
  };
};
