/** One statement of an IAM policy, in IAM's own terms. Conditions: operator → key → values. */
export interface IamStatement {
  readonly sid?: string;
  readonly actions: readonly string[];
  readonly on: readonly string[];
  readonly when?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** IAM role that exactly one Kubernetes service account may assume: through a token (IRSA: `sub` and `aud` pinned), or through EKS Pod Identity. Its ARN is a computed name. */
export interface IamRoleNeed {
  readonly kind: 'iam-role';
  /** At most 64 characters, unique in the account. */
  readonly roleName: string;
  readonly arn: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly allow: readonly IamStatement[];
  /** Only for what can take its role in no other way: the agent of EKS Pod Identity has to run on the node. Absent: a token. */
  readonly through?: 'pod-identity';
}

/** Role of nodes that a controller launches, with its access entry in the cluster. */
export interface NodeRoleNeed {
  readonly kind: 'node-role';
  readonly roleName: string;
  readonly arn: string;
  /** AWS managed policy names, such as `AmazonEKSWorkerNodePolicy`. */
  readonly managedPolicies: readonly string[];
}

/** SQS queue that receives EC2 interruption events through EventBridge rules. */
export interface InterruptionQueueNeed {
  readonly kind: 'interruption-queue';
  readonly queueName: string;
}

/** AWS objects a component needs in its cluster's root, by a name of its own. */
export type Infra = Readonly<Record<string, IamRoleNeed | NodeRoleNeed | InterruptionQueueNeed>>;
