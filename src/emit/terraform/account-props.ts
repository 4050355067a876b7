import type { Environment, Platform } from '../../config/platform.ts';
import type { AccountRootProps } from '../../stacks/account-root.ts';
import type { CiAccessProps, CiRoleProps } from '../../stacks/ci-access.ts';
import { bounded } from '../../units/aws-names.ts';
import { applyRights, boundary, planRights, stateKeyAlias } from './ci-rights.ts';
import type { Rights } from './ci-rights.ts';
import { accountRegion, boundaryName, breakGlassRoleName, ciApplyRoleName, ciPlanRoleName, defaultTags, stateBucket, terraformName } from './names.ts';

/** Issuer and audience of GitHub Actions. Source: GitHub documentation, "Configuring OpenID Connect in Amazon Web Services". */
const github = { url: 'https://token.actions.githubusercontent.com', audience: 'sts.amazonaws.com' };

type Trust = CiRoleProps['trust'][number];

const trustOf = (issuer: string, url: string, audience: string, test: 'StringEquals' | 'StringLike', subjects: readonly string[]): Trust => {
  const host = url.replace(/^https?:\/\//, '').replace(/\/$/, '');
  const isMeantForUs = { key: `${host}:aud`, values: [audience] };
  const isOurs = { key: `${host}:sub`, values: subjects };
  return { issuer: { [issuer]: true }, tests: test === 'StringEquals' ? { StringEquals: [isMeantForUs, isOurs] } : { StringEquals: [isMeantForUs], StringLike: [isOurs] } };
};

const gitlabId = (url: string): string => `gitlab_${terraformName(new URL(url).hostname)}`;

/** Who may plan and who may apply: jobs of one repository, of one branch, and for applying of one protected environment. */
const trusts = ({ settings: { ci } }: Environment): { readonly plan: readonly Trust[]; readonly apply: readonly Trust[] } => {
  const plan: Trust[] = [];
  const apply: Trust[] = [];
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

const roleOf = (roleName: string, description: string, trust: readonly Trust[], rights: Rights): CiRoleProps => ({
  roleName, description, trust, policies: Object.fromEntries(Object.entries(rights).map(([id, allow]) => [id, { name: bounded(`${roleName}-${id}`, 128), allow }])),
});

/** Tags that all environments of an account have in common. */
const sharedTags = (environments: readonly Environment[], platform: Platform): Readonly<Record<string, string>> => {
  const [first, ...others] = environments.map(({ tags }) => tags);
  const common = Object.entries(first ?? {}).filter(([key, value]) => others.every((tags) => tags[key] === value));
  return defaultTags(Object.fromEntries(common), { 'argoeks:platform': platform.name });
};

const ciOf = (platform: Platform, environments: readonly Environment[]): CiAccessProps | undefined => {
  const users = environments.filter(({ settings: { ci } }) => ci.github ?? ci.gitlab);
  if (users.length === 0) return undefined;
  const issuers = users.flatMap(({ settings: { ci } }) => [
    ...(ci.github ? [['github', github] as const] : []),
    ...(ci.gitlab ? [[gitlabId(ci.gitlab.url), { url: ci.gitlab.url, audience: ci.gitlab.url }] as const] : []),
  ]);
  return {
    issuers: Object.fromEntries(issuers),
    roles: Object.fromEntries(users.flatMap((environment) => {
      const id = terraformName(environment.name);
      const { plan, apply } = trusts(environment);
      return [
        [`${id}_plan`, roleOf(ciPlanRoleName(platform, environment), 'CI jobs that plan: they read, and lock the state', plan, planRights(platform, environment))] as const,
        [`${id}_apply`, roleOf(ciApplyRoleName(platform, environment), 'CI jobs that apply, from a protected environment or branch', apply, applyRights(platform, environment))] as const,
      ];
    })),
  };
};

/** Decides everything of one account's root. Pure. */
export const accountProps = (platform: Platform, accountId: string): AccountRootProps => {
  const environments = platform.environments.filter((environment) => environment.accountId === accountId);
  const [first] = environments;
  if (!first) throw new Error(`no environment lives in account ${accountId}`);
  const ci = ciOf(platform, environments);
  const eks = (environment: Environment) => `arn:${environment.partition}:eks:*:${accountId}:cluster/${environment.settings.cluster_name_prefix}-*`;
  const buckets = [...new Set(environments.map((environment) => stateBucket(platform, environment)))];
  return {
    aws: { region: accountRegion(platform, accountId), accountId, tags: sharedTags(environments, platform) },
    state: Object.fromEntries(buckets.map((bucket, i) => [i === 0 ? 'state' : `state_${i + 1}`, { bucket, alias: i === 0 ? stateKeyAlias(platform) : `${stateKeyAlias(platform)}-${i + 1}`, partition: first.partition, accountId }])),
    guardRails: {
      boundaryName: boundaryName(platform), boundary: boundary(), accountRoot: `arn:${first.partition}:iam::${accountId}:root`,
      breakGlass: Object.fromEntries(environments.map((environment) => [`${terraformName(environment.name)}_break_glass`, {
        roleName: breakGlassRoleName(platform, environment),
        allow: [
          { sid: 'FindClusters', actions: ['eks:ListClusters'], on: ['*'] },
          { sid: 'ReachClusters', actions: ['eks:DescribeCluster'], on: [eks(environment)] },
        ],
      }])),
    },
    ...(ci === undefined ? {} : { ci }),
  };
};
