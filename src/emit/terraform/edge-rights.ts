import type { Environment, Platform } from '../../config/platform.ts';
import type { PolicyStatement, PolicyTests } from '../../stacks/policy.ts';
import { apiLogGroup, edgePath, flowLogGroup, networkPath, webAclLogGroup } from './edge-names.ts';

const at = ({ partition, accountId }: Environment, service: string, resource: string): string => `arn:${partition}:${service}:*:${accountId}:${resource}`;
const parametersOf = (platform: Platform, environment: Environment): readonly string[] => [edgePath, networkPath].map((path) => at(environment, 'ssm', `parameter${path(platform.name, environment.name)}/*`));
const tagged = ({ name }: Environment): PolicyTests => ({ StringEquals: [{ key: 'aws:ResourceTag/argoeks:environment', values: [name] }] });
const asked = ({ name }: Environment): PolicyTests => ({ StringEquals: [{ key: 'aws:RequestTag/argoeks:environment', values: [name] }] });

/** What planning the edge and the flow logs reads. Descriptions only: most of these calls support no resources. */
export const edgeReads = (platform: Platform, environment: Environment): readonly PolicyStatement[] => [
  { sid: 'DescribeEdge', actions: ['apigateway:GET', 'ec2:GetTransitGateway*', 'ec2:SearchTransitGatewayRoutes', 'vpc-lattice:Get*', 'vpc-lattice:List*', 'acm:Describe*', 'acm:List*', 'acm-pca:Describe*', 'acm-pca:Get*', 'acm-pca:List*', 'cloudfront:Describe*', 'cloudfront:Get*', 'cloudfront:List*', 'wafv2:Get*', 'wafv2:List*'], on: ['*'] },
  { sid: 'ReadEdge', actions: ['ssm:GetParameter', 'ssm:GetParameters'], on: parametersOf(platform, environment) },
];

/**
 * What applying the edge and the flow logs needs, whatever of it is on: what is turned off has to be deleted. Narrowed by name, or by the
 * environment's tag where ids are made up by AWS.
 */
export const edgeRights = (platform: Platform, environment: Environment, named: string): readonly PolicyStatement[] => {
  const distributions = `arn:${environment.partition}:cloudfront::${environment.accountId}`;
  return [
    { sid: 'FlowLogs', actions: ['ec2:CreateFlowLogs', 'ec2:DeleteFlowLogs', 'ec2:CreateTags'], on: ['vpc-flow-log/*', 'vpc/*'].map((kind) => at(environment, 'ec2', kind)) },
    { sid: 'FlowLogRole', actions: ['iam:PassRole'], on: [`arn:${environment.partition}:iam::${environment.accountId}:role/${named}`], when: { StringEquals: [{ key: 'iam:PassedToService', values: ['vpc-flow-logs.amazonaws.com'] }] } },
    {
      sid: 'EdgeLogs', actions: ['logs:CreateLogGroup', 'logs:DeleteLogGroup', 'logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy', 'logs:AssociateKmsKey', 'logs:DisassociateKmsKey', 'logs:TagResource', 'logs:UntagResource'],
      on: [flowLogGroup(named), webAclLogGroup(`${environment.name}-*`), apiLogGroup(`${environment.name}-*`)].map((group) => at(environment, 'logs', `log-group:${group}`)),
    },
    // WAF and HTTP APIs make their deliveries on the caller's behalf; these calls support no resources. Source: API Gateway developer guide, "Configure logging for HTTP APIs".
    { sid: 'LogDeliveries', actions: ['logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:GetLogDelivery', 'logs:ListLogDeliveries', 'logs:UpdateLogDelivery', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies'], on: ['*'] },
    { sid: 'WebAcls', actions: ['wafv2:CreateWebACL', 'wafv2:UpdateWebACL', 'wafv2:DeleteWebACL', 'wafv2:PutLoggingConfiguration', 'wafv2:DeleteLoggingConfiguration', 'wafv2:TagResource', 'wafv2:UntagResource'], on: [`regional/webacl/${environment.name}-*/*`, `global/webacl/${environment.name}-*/*`, '*/managedruleset/*/*'].map((kind) => at(environment, 'wafv2', kind)) },
    { sid: 'NewAtTheEdge', actions: ['acm:RequestCertificate', 'acm:AddTagsToCertificate', 'acm-pca:CreateCertificateAuthority', 'acm-pca:TagCertificateAuthority', 'cloudfront:TagResource'], on: ['*'], when: asked(environment) },
    // Of these two CloudFront passes no tags on to IAM, and the second takes no resource. Source: Service Authorization Reference, Amazon CloudFront.
    { sid: 'NewDistributions', actions: ['cloudfront:CreateDistribution'], on: [`${distributions}:distribution/*`] },
    { sid: 'NewAccessControls', actions: ['cloudfront:CreateOriginAccessControl'], on: ['*'] },
    {
      sid: 'OwnAtTheEdge', when: tagged(environment), on: [at(environment, 'acm', 'certificate/*'), at(environment, 'acm-pca', 'certificate-authority/*'), `${distributions}:distribution/*`],
      actions: [
        'acm:DeleteCertificate', 'acm:AddTagsToCertificate', 'acm:RemoveTagsFromCertificate', 'acm-pca:CreatePermission', 'acm-pca:DeleteCertificateAuthority', 'acm-pca:DeletePermission', 'acm-pca:ImportCertificateAuthorityCertificate', 'acm-pca:IssueCertificate', 'acm-pca:RevokeCertificate',
        'acm-pca:UpdateCertificateAuthority', 'acm-pca:TagCertificateAuthority', 'acm-pca:UntagCertificateAuthority', 'cloudfront:UpdateDistribution', 'cloudfront:DeleteDistribution', 'cloudfront:TagResource', 'cloudfront:UntagResource',
      ],
    },
    ...(environment.settings.edge.private_ca.arn === undefined ? [] : [{ sid: 'NamedCa', actions: ['acm-pca:IssueCertificate'], on: [environment.settings.edge.private_ca.arn] }]),
    { sid: 'EdgeFunctions', actions: ['cloudfront:CreateFunction', 'cloudfront:UpdateFunction', 'cloudfront:PublishFunction', 'cloudfront:DeleteFunction'], on: [`${distributions}:function/${named}`] },
    // Access controls carry neither a name in their ARN nor tags.
    { sid: 'AccessControls', actions: ['cloudfront:UpdateOriginAccessControl', 'cloudfront:DeleteOriginAccessControl'], on: [`${distributions}:origin-access-control/*`] },
    {
      sid: 'ProofsOfNames', actions: ['route53:ChangeResourceRecordSets'], on: [`arn:${environment.partition}:route53:::hostedzone/*`],
      when: { 'ForAllValues:StringEquals': [{ key: 'route53:ChangeResourceRecordSetsRecordTypes', values: ['CNAME'] }], 'ForAllValues:StringLike': [{ key: 'route53:ChangeResourceRecordSetsNormalizedRecordNames', values: ['_*'] }] },
    },
    {
      sid: 'NamesOfEndpoints', actions: ['route53:ChangeResourceRecordSets'], on: [`arn:${environment.partition}:route53:::hostedzone/*`],
      when: { 'ForAllValues:StringEquals': [{ key: 'route53:ChangeResourceRecordSetsRecordTypes', values: ['A'] }], 'ForAllValues:StringLike': [{ key: 'route53:ChangeResourceRecordSetsNormalizedRecordNames', values: [`*.${environment.domain}`] }] },
    },
    // API Gateway names no API before it is made, and its rights are HTTP methods on paths.
    { sid: 'NewApis', actions: ['apigateway:POST', 'apigateway:TagResource'], on: ['restapis', 'apis'].map((kind) => `arn:${environment.partition}:apigateway:*::/${kind}`), when: asked(environment) },
    { sid: 'OwnApis', actions: ['apigateway:POST', 'apigateway:PUT', 'apigateway:PATCH', 'apigateway:DELETE', 'apigateway:TagResource', 'apigateway:UntagResource', 'apigateway:SetWebACL'], on: ['restapis/*', 'apis/*', 'tags/*'].map((kind) => `arn:${environment.partition}:apigateway:*::/${kind}`) },
    { sid: 'AclOfApis', actions: ['wafv2:AssociateWebACL', 'wafv2:DisassociateWebACL'], on: [at(environment, 'wafv2', `regional/webacl/${environment.name}-*/*`), `arn:${environment.partition}:apigateway:*::/restapis/*/stages/*`] },
    {
      sid: 'Connectivity', on: ['*'], when: { StringEquals: [{ key: 'aws:RequestedRegion', values: environment.regions }] },
      actions: ['ec2:*TransitGateway', 'ec2:*TransitGatewayVpcAttachment', 'ec2:*TransitGatewayPeeringAttachment', 'ec2:*TransitGatewayRoute', 'ec2:*VpcEndpointServiceConfiguration', 'ec2:*VpcEndpointServiceConfigurations', 'ec2:ModifyVpcEndpointServicePermissions', 'vpc-lattice:*ServiceNetwork', 'vpc-lattice:*ServiceNetworkVpcAssociation', 'vpc-lattice:TagResource', 'vpc-lattice:UntagResource'],
    },
    { sid: 'EdgeParameters', actions: ['ssm:PutParameter', 'ssm:DeleteParameter', 'ssm:AddTagsToResource', 'ssm:RemoveTagsFromResource'], on: parametersOf(platform, environment) },
  ];
};
