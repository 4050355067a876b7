import { describe, expect, it } from 'vitest';
import { cloudfrontSettings } from './cloudfront-settings.ts';
import { edgeSettings } from './edge-settings.ts';

const messages = (schema: { safeParse(value: unknown): { readonly success: boolean; readonly error?: { readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] } | undefined } }, value: unknown): readonly string[] =>
  schema.safeParse(value).error?.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`) ?? [];

describe('edge', () => {
  const edge = edgeSettings('dev');
  const certificate = { name: 'web', domain: 'acme.io' };

  it('refuses certificates that nothing could prove or issue', () => {
    expect(messages(edge, { certificates: [certificate] })).toEqual(['certificates.0: needs zone_id, the public zone that proves its names']);
    expect(messages(edge, { certificates: [{ ...certificate, issuer: 'private' }] })).toEqual(['certificates.0.issuer: needs edge.private_ca.arn, or edge.private_ca.create']);
    expect(messages(edge, { certificates: [{ ...certificate, issuer: 'private', zone_id: 'Z1', region: 'us-east-1' }], private_ca: { create: true } })).toEqual(['certificates.0.zone_id: has no meaning for a private certificate', 'certificates.0.region: must be absent for a private certificate: it lives where its CA does']);
    expect(messages(edge, { certificates: [{ ...certificate, zone_id: 'Z1', alternative_names: ['acme.io'] }] })).toEqual(['certificates.0.alternative_names: has a name twice']);
    expect(messages(edge, { certificates: [{ ...certificate, zone_id: 'Z1' }, { ...certificate, zone_id: 'Z1' }] })).toEqual(['certificates: has two certificates of one name']);
    expect(messages(edge, { private_ca: { create: true, arn: 'arn:aws:acm-pca:us-east-1:314159265358:certificate-authority/0a' } })).toEqual(['private_ca: has both arn and create']);
  });
  it('refuses rules that count in a group that is not there, and windows WAF does not know', () => {
    expect(messages(edge, { waf: { managed_groups: ['AWSManagedRulesLinuxRuleSet'] } })).toEqual(['waf.count_rules.0.group: is none of managed_groups']);
    expect(messages(edge, { waf: { rate_window_seconds: 90 } })).toHaveLength(1);
    expect(messages(edge, { waf: { rate_limit: 9 } })).toHaveLength(1);
  });
});

describe('cloudfront', () => {
  const origins = [{ id: 'lb', type: 'alb', domain_name: 'lb.acme.io' }];
  const main = { is_default: true, origin_id: 'lb' };
  const of = (more: Readonly<Record<string, unknown>>): readonly string[] => messages(cloudfrontSettings, { enabled: true, origins, behaviors: [main], ...more });

  it('takes a sound one, and anything unfinished that is off', () => {
    expect(of({})).toEqual([]);
    expect(messages(cloudfrontSettings, { behaviors: [{ origin_id: 'gone' }] })).toEqual([]);
  });
  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['no default', { behaviors: [{ ...main, is_default: false, path_pattern: '/a' }] }, 'behaviors: needs exactly one behaviour with is_default: true, not 0'],
    ['two defaults', { behaviors: [main, main] }, 'behaviors: needs exactly one behaviour with is_default: true, not 2'],
    ['a pattern that is missing', { behaviors: [main, { origin_id: 'lb' }] }, 'behaviors.1: needs path_pattern, as it is not the default'],
    ['a pattern of the default', { behaviors: [{ ...main, path_pattern: '/x' }] }, 'behaviors.0.path_pattern: must be absent: the default takes what no other behaviour takes'],
    ['an origin that is none', { behaviors: [{ ...main, origin_id: 'other' }] }, 'behaviors.0.origin_id: is none of the origins'],
    ['aliases without a certificate', { aliases: ['app.acme.io'] }, 'acm_cert_arn: needs a certificate, as there are aliases'],
    ['a function that is none', { behaviors: [{ ...main, function_associations: [{ event_type: 'viewer-request', function_arn: 'gone' }] }] }, 'behaviors.0.function_associations.0.function_arn: is neither the ARN of a CloudFront function nor the name of one of functions'],
  ])('refuses %s', (_, more, expected) => {
    expect(of(more)).toEqual([expected]);
  });
  it('refuses a certificate of another region, methods CloudFront has no set for, and policies it does not know', () => {
    expect(of({ acm_cert_arn: 'arn:aws:acm:eu-west-1:314159265358:certificate/0a' })[0]).toMatch(/^acm_cert_arn: is neither the ARN of a certificate in us-east-1/);
    expect(of({ behaviors: [{ ...main, allowed_methods: ['GET', 'POST'] }] })[0]).toMatch(/allowed_methods: is none of the sets/);
    expect(of({ behaviors: [{ ...main, cache_policy_id: 'Nothing' }] })[0]).toMatch(/cache_policy_id: is neither the id of a policy nor one of/);
  });
});
