import { CloudwatchLogGroup } from '#bindings/aws/cloudwatch-log-group.js';
import { GrafanaRoleAssociation } from '#bindings/aws/grafana-role-association.js';
import { GrafanaWorkspace } from '#bindings/aws/grafana-workspace.js';
import { IamRole } from '#bindings/aws/iam-role.js';
import { IamRolePolicy } from '#bindings/aws/iam-role-policy.js';
import { PrometheusWorkspace } from '#bindings/aws/prometheus-workspace.js';
import { Construct } from 'constructs';
import { EncryptionKey } from './encryption-key.ts';
import type { EncryptionKeyProps } from './encryption-key.ts';
import { json } from './expression.ts';
import { policy, serviceTrust } from './policy.ts';
import type { PolicyStatement } from './policy.ts';
import { accepted } from './root.ts';
import { publish } from './published.ts';

/** One Prometheus workspace of an environment. */
export interface PrometheusProps {
  readonly region: string;
  readonly alias: string;
  readonly key: EncryptionKeyProps;
  readonly logGroup: string;
  readonly retentionDays: number;
  /** Parameter Store path of the address that Prometheus writes to. */
  readonly parameter: string;
}

/** The Grafana workspace of an environment. */
export interface GrafanaProps {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  readonly authentication: string;
  readonly dataSources: readonly string[];
  readonly roleName: string;
  readonly accountId: string;
  readonly boundaryArn: string;
  /** What it may read besides the workspaces of Prometheus. */
  readonly allow: readonly PolicyStatement[];
  /** Resource name → role in Grafana and who has it. */
  readonly groups: Readonly<Record<string, { readonly role: string; readonly groupIds: readonly string[] }>>;
}

/** Prometheus and Grafana of an environment as services of AWS. */
export interface ManagedObservabilityProps {
  /** Resource name → workspace, one for each region. */
  readonly prometheus: Readonly<Record<string, PrometheusProps>>;
  readonly grafana?: GrafanaProps;
}

/** Workspaces of Prometheus, encrypted and logging, and of Grafana, which may read them. File `observability.tf`. */
export class ManagedObservability extends Construct {
  readonly workspaces: readonly PrometheusWorkspace[];
  readonly grafana: GrafanaWorkspace | undefined;

  constructor(scope: Construct, { prometheus, grafana }: ManagedObservabilityProps) {
    super(scope, 'observability');
    this.workspaces = Object.entries(prometheus).map(([id, { region, alias, key: keyProps, logGroup, retentionDays, parameter }]) => {
      const { key } = new EncryptionKey(this, `prometheus_${id}`, keyProps);
      const logs = accepted(new CloudwatchLogGroup(this, `cloudwatch-log-group.prometheus_${id}`, { region, name: logGroup, retentionInDays: retentionDays, kmsKeyId: key.arn }), { CKV_AWS_338: 'faults of rules, no record of who did what: its length is the configuration\'s' });
      const workspace = new PrometheusWorkspace(this, `prometheus-workspace.${id}`, { region, alias, kmsKeyArn: key.arn, loggingConfiguration: { logGroupArn: `${logs.arn}:*` } });
      publish(this, `prometheus_${id}`, { region, name: parameter, description: 'Where Prometheus of this region writes to, with SigV4' }, `${workspace.prometheusEndpoint}api/v1/remote_write`);
      return workspace;
    });
    this.grafana = grafana && this.#grafana(grafana);
  }

  #grafana({ name, description, version, authentication, dataSources, roleName, accountId, boundaryArn, allow, groups }: GrafanaProps): GrafanaWorkspace {
    const role = new IamRole(this, 'iam-role.grafana', { name: roleName, permissionsBoundary: boundaryArn, assumeRolePolicy: serviceTrust('grafana.amazonaws.com', accountId) });
    const reads = accepted(new IamRolePolicy(this, 'iam-role-policy.grafana', {
      name: 'read', role: role.name,
      policy: policy([
        ...(this.workspaces.length === 0 ? [] : [{ sid: 'ReadMetrics', actions: ['aps:DescribeWorkspace', 'aps:QueryMetrics', 'aps:GetLabels', 'aps:GetSeries', 'aps:GetMetricMetadata'], on: this.workspaces.map(({ arn }) => arn) }]),
        ...allow,
      ]),
    }), { CKV_AWS_355: 'metrics and lists of workspaces are no resources in IAM' });
    const workspace = new GrafanaWorkspace(this, 'grafana-workspace.main', {
      name, description, grafanaVersion: version, accountAccessType: 'CURRENT_ACCOUNT', permissionType: 'CUSTOMER_MANAGED', authenticationProviders: [authentication], dataSources: [...dataSources], roleArn: role.arn,
      configuration: json({ plugins: { pluginAdminEnabled: false }, unifiedAlerting: { enabled: true } }), dependsOn: [reads],
    });
    for (const [id, { role: asRole, groupIds }] of Object.entries(groups)) new GrafanaRoleAssociation(this, `grafana-role-association.${id}`, { workspaceId: workspace.id, role: asRole, groupIds: [...groupIds] });
    return workspace;
  }
}
