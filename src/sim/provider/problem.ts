/** Where in a resource a problem is: attribute names and list indexes from the outside in. */
export type ProblemPath = readonly (string | number)[];

/** One diagnostic of the provider, as Terraform shows it. */
export interface ProviderProblem {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly path?: ProblemPath;
}

/** An error in the words of an AWS service. `operation` is the API call, e.g. "CreateVpc". */
export interface AwsFault {
  readonly service: string;
  readonly operation: string;
  /** HTTP status of the answer. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/**
 * The line that the AWS SDK for Go v2 makes of a refused call; the provider puts what it was doing before it. The request id
 * is zeros on purpose: nothing that was simulated can be traced at AWS.
 */
export const faultText = (f: AwsFault): string =>
  `operation error ${f.service}: ${f.operation}, https response error StatusCode: ${f.status}, RequestID: 00000000-0000-0000-0000-000000000000, ${f.service === 'EC2' ? 'api error ' : ''}${f.code}: ${f.message}`;

/** Makes a problem of an unknown thrown value: its message is what the user reads. */
export const problemOf = (summary: string, thrown: unknown): ProviderProblem => ({
  severity: 'error',
  summary: `${summary}: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
  detail: '',
});
