import type { Environment, Platform } from '../../config/platform.ts';
import type { AccountRootProps } from '../../stacks/account-root.ts';
import type { DeployAccessProps, DeployTrust } from '../../stacks/deploy-access.ts';
import { bounded } from '../../units/aws-names.ts';
import { apiGatewayAccountProps } from './api-gateway-props.ts';
import { accountRegistryProps } from './account-registry-props.ts';
import { accountSecurityProps } from './account-security-props.ts';
import { accountTags } from './cost-tags-props.ts';
import { stateCopiesProps, stateId } from './state-copies-props.ts';
import { applyRights, boundary, planRights, stateKeyAlias } from './deploy-rights.ts';
import type { Rights } from './deploy-rights.ts';
import { mostPolicies, packed } from './policy-packing.ts';
import { accountRegion, boundaryName, breakGlassRoleName, ciApplyRoleName, ciPlanRoleName, defaultTags, operatorRoleName, stateBucket, terraformName } from './names.ts';

/** Issuer and audience of GitHub Actions. Source: GitHub documentation, "Configuring OpenID Connect in Amazon Web Services". */
const github = { url: 'https://token.actions.githubusercontent.com', audience: 'sts.amazonaws.com' };

const trustOf = (issuer: string, url: string, audience: string, test: 'StringEquals' | 'StringLike', subjects: readonly string[]): DeployTrust => {
  const host = url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  const isMeantForUs = { key: `${host}:aud`, values: [audience] };
  const isOurs = { key: `${host}:sub`, values: subjects };
  return { issuer: { [issuer]: true }, tests: test === 'StringEquals' ? { StringEquals: [isMeantForUs, isOurs] } : { StringEquals: [isMeantForUs], StringLike: [isOurs] } };
};

const gitlabId = (url: string): string => `gitlab_${terraformName(new URL(url).hostname)}`;

/** Who may plan and who may apply: jobs of one repository, of one branch, and for applying of one protected environment. */
const trusts = ({ settings: { ci } }: Environment): { readonly plan: readonly DeployTrust[]; readonly apply: readonly DeployTrust[] } => {
  const plan: DeployTrust[] = [];
  const apply: DeployTrust[] = [];
  if (ci.github) {
    const repo = `repo:${ci.github.repository}`;
    plan.push(trustOf('github', github.url, github.audience, 'StringEquals', [`${repo}:pull_request`, `${repo}:ref:refs/heads/${ci.github.branch}`]));
    apply.push(trustOf('github', github.url, github.audience, 'StringEquals', [`${repo}:environment:${ci.github.environment}`]));
  }
  if (ci.gitlab) {
    const subject = `project_path:${ci.gitlab.project}:ref_type:branch:ref:`;
    // Merge request pipelines run on branches of any name; what they get can only read.
    plan.push(trustOf(gitlabId(ci.gitlab.url), ci.gitlab.url, ci.gitlab.url, 'StringLike', [`${subject}*`]));
    apply.push(trustOf(gitlabId(ci.gitlab.url), ci.gitlab.url, ci.gitlab.url, 'StringEquals', [`${subject}${ci.gitlab.branch}`]));
  }
  return { plan, apply };
};

/** Tags that all environments of an account have in common. */
const sharedTags = (environments: readonly Environment[], platform: Platform): Readonly<Record<string, string>> => {
  const [first, ...others] = environments.map(({ tags }) => tags);
  const common = Object.entries(first ?? {}).filter(([key, value]) => others.every((tags) => tags[key] === value));
  return defaultTags(Object.fromEntries(common), { 'argoeks:platform': platform.name });
};

type Policies = DeployAccessProps['policies'];

const policiesOf = (id: string, name: string, rights: Rights): Policies =>
  Object.fromEntries(Object.entries(rights).map(([part, allow]) => [`${id}_${part}`, { name: bounded(`${name}-${part}`, 128), allow }]));

const having = (...policies: readonly Policies[]): Readonly<Record<string, true>> =>
  Object.fromEntries(policies.flatMap((each) => Object.keys(each)).map((id) => [id, true] as const));

const deployOf = (platform: Platform, environment: Environment): Pick<DeployAccessProps, 'policies' | 'roles'> => {
  const id = terraformName(environment.name);
  const { plan, apply } = trusts(environment);
  const toRead = packed(planRights(platform, environment), mostPolicies);
  const reads = policiesOf(`${id}_plan`, `${platform.name}-${environment.name}-plan`, toRead);
  const writes = policiesOf(`${id}_apply`, `${platform.name}-${environment.name}-apply`, packed(applyRights(platform, environment), mostPolicies - Object.keys(toRead).length));
  const accountRoot = `arn:${environment.partition}:iam::${environment.accountId}:root`;
  return {
    policies: { ...reads, ...writes },
    roles: {
      ...(plan.length === 0 ? {} : { [`${id}_ci_plan`]: { roleName: ciPlanRoleName(platform, environment), description: 'CI jobs that plan: they read, and lock the state', trust: plan, policies: having(reads) } }),
      ...(apply.length === 0 ? {} : { [`${id}_ci_apply`]: { roleName: ciApplyRoleName(platform, environment), description: 'CI jobs that apply, from a protected environment or branch', trust: apply, policies: having(reads, writes) } }),
      // Without a test for MFA: sessions of IAM Identity Center do not carry it.
      [`${id}_operator`]: { roleName: operatorRoleName(platform, environment), description: 'People who apply by hand', trust: [{ accountRoot }], policies: having(reads, writes) },
    },
  };
};

const issuersOf = (environments: readonly Environment[]): DeployAccessProps['issuers'] =>
  Object.fromEntries(environments.flatMap(({ settings: { ci } }) => [
    ...(ci.github ? [['github', github] as const] : []),
    ...(ci.gitlab ? [[gitlabId(ci.gitlab.url), { url: ci.gitlab.url, audience: ci.gitlab.url }] as const] : []),
  ]));

/** Decides everything of one account's root; `chartNames` are those of the catalogue. Pure. */
export const accountProps = (platform: Platform, accountId: string, chartNames: readonly string[]): AccountRootProps => {
  const environments = platform.environments.filter((environment) => environment.accountId === accountId);
  const [first] = environments;
  if (!first) throw new Error(`no environment lives in account ${accountId}`);
  const deploy = environments.map((environment) => deployOf(platform, environment));
  const eks = (environment: Environment) => `arn:${environment.partition}:eks:*:${accountId}:cluster/${environment.settings.cluster_name_prefix}-*`;
  const registry = accountRegistryProps(platform, accountId, chartNames);
  const buckets = [...new Set(environments.map((environment) => stateBucket(platform, environment)))];
  const security = accountSecurityProps(platform, accountId);
  const stateCopies = stateCopiesProps(platform, accountId, environments, buckets);
  const apiGateway = apiGatewayAccountProps(platform, environments);
  const costTags = accountTags(platform, environments);
  return {
    ...(apiGateway === undefined ? {} : { apiGateway }),
    aws: { region: accountRegion(platform, accountId), accountId, tags: sharedTags(environments, platform) },
    state: Object.fromEntries(buckets.map((bucket, i) => [stateId(i), { bucket, alias: i === 0 ? stateKeyAlias(platform) : `${stateKeyAlias(platform)}-${i + 1}`, partition: first.partition, accountId, isCopied: stateCopies !== undefined }])),
    ...(stateCopies === undefined ? {} : { stateCopies }),
    guardRails: {
      boundaryName: boundaryName(platform), boundary: boundary(first.partition), accountRoot: `arn:${first.partition}:iam::${accountId}:root`,
      breakGlass: Object.fromEntries(environments.map((environment) => [`${terraformName(environment.name)}_break_glass`, {
        roleName: breakGlassRoleName(platform, environment),
        allow: [
          { sid: 'FindClusters', actions: ['eks:ListClusters'], on: ['*'] },
          { sid: 'ReachClusters', actions: ['eks:DescribeCluster'], on: [eks(environment)] },
        ],
      }])),
    },
    ...(registry ? { registry } : {}),
    ...(security ? { security } : {}),
    ...(costTags ? { costTags } : {}),
    deploy: {
      issuers: issuersOf(environments),
      policies: Object.assign({}, ...deploy.map(({ policies }) => policies)) as Policies,
      roles: Object.assign({}, ...deploy.map(({ roles }) => roles)) as DeployAccessProps['roles'],
    },
  };
};
