import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import type { TerraformError, TerraformProblem } from '../ports/terraform.ts';

/** What experience says about an error: the cause in words where the message lacks it, and the next step. */
interface Known {
  readonly when: RegExp;
  readonly fix: string;
}

/**
 * Errors whose remedy is known. The first that matches counts. Wording of Terraform's errors: its own source (statemgr, backend/local);
 * of AWS errors: the services' API references, "Common errors" and EKS "Troubleshooting" (issue codes).
 */
const known: readonly Known[] = [
  { when: /saved plan is stale/i, fix: 'The state changed after the plan was made. Run "argoeks env plan" again, read it, and apply.' },
  { when: /acquiring the state lock/i, fix: 'Another terraform holds this root\'s state. Wait until it ends; only if its process is surely dead: terraform force-unlock with the ID above.' },
  { when: /NodeCreationFailure|NetworkPluginNotReady|cni plugin not initialized/i, fix: 'Nodes came up without a working network. Check the pods labelled k8s-app=cilium in kube-system (image pull, IAM role of the operator), then continue with --resume.' },
  { when: /VcpuLimitExceeded|InsufficientInstanceCapacity|MaxSpotInstanceCountExceeded/i, fix: 'Ask for a higher EC2 quota or choose other nodes.instance_types, build, plan, and apply again.' },
  { when: /ServiceQuotaExceeded|LimitExceeded|AddressLimitExceeded|VpcLimitExceeded/i, fix: 'Ask for a higher quota of this service in Service Quotas, then continue with --resume.' },
  { when: /ExpiredToken|token.*expired|InvalidClientTokenId|No valid credential sources|failed to refresh cached credentials/i, fix: 'Log in to AWS again (for example aws sso login), then continue with --resume.' },
  { when: /AccessDenied|UnauthorizedOperation|not authorized to perform/i, fix: 'The identity used may not do this. Give its role the action named above, or use the deployment role of terraform/account, then continue with --resume.' },
  { when: /NoSuchBucket|S3 bucket .* does not exist/i, fix: 'The state bucket is missing. Apply terraform/account once for this account, then continue with --resume.' },
  { when: /DependencyViolation|has dependencies and cannot be deleted|has a dependent object/i, fix: 'Something outside Terraform still uses it, mostly a load balancer or a network interface. "argoeks env destroy" drains these first; continue it with --resume.' },
  { when: /deletion protection is enabled/i, fix: 'It is protected on purpose, and the protection was turned on after the destroy began. Continue with --resume: the destroy names it and how to allow its loss.' },
  { when: /another operation .* is in progress/i, fix: 'An earlier Helm run was cut off. Roll the release back (helm rollback) or remove its pending secret, then continue with --resume.' },
  { when: /Throttling|RequestLimitExceeded|Rate exceeded|TooManyRequests/i, fix: 'AWS asks to slow down. Wait a minute and continue with --resume, perhaps with a lower --parallelism.' },
  { when: /Failed to (install|query)|could not connect to registry|Inconsistent dependency lock file/i, fix: 'Terraform could not get its providers. Check the way to the registry or your mirror, then continue with --resume.' },
  { when: /Backend initialization required|Module not installed|Required plugins are not installed/i, fix: 'Run the same command again; it begins with terraform init.' },
  { when: /ConflictException|ResourceInUse|AlreadyExists|EntityAlreadyExists|already exists/i, fix: 'An object with this name exists outside the state. Import it (terraform import) or remove it, then continue with --resume.' },
  { when: /interrupted|operation was cancel/i, fix: 'It was stopped before the end. Continue with --resume.' },
];

const place = (root: string, problem: TerraformProblem, at: Span): Span => (problem.at ? { file: `${root}/${problem.at.file}`, line: problem.at.line, column: problem.at.column } : at);

const sentence = (text: string): string => text.trim().replace(/\s*\n\s*/g, ' ').replace(/([^.!?])$/, '$1.');

/** Turns Terraform's problems into findings with a next step. Warnings stay warnings. Pure. */
export const terraformFindings = (error: TerraformError, at: Span): readonly Diagnostic[] =>
  error.problems.map((problem) => {
    const text = `${problem.summary} ${problem.detail}`;
    const words = [problem.address ? `${problem.address}: ${sentence(problem.summary)}` : sentence(problem.summary), sentence(problem.detail)].filter((s) => s !== '').join(' ');
    return {
      code: `terraform/${error.operation}-failed`,
      severity: problem.severity,
      at: place(error.root, problem, at),
      summary: words,
      fix: known.find(({ when }) => when.test(text))?.fix ?? 'Mend what the message names, then continue with --resume.',
    };
  });
