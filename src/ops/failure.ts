import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { PortError, type PortErrorKind } from '../ports/port-error.ts';
import { TerraformError } from '../ports/terraform.ts';
import { StepFailure } from './step.ts';
import { terraformFindings } from './terraform-findings.ts';

const nextStep: Record<PortErrorKind, string> = {
  denied: 'Check which identity is used and what it may do, then continue with --resume.',
  missing: 'Check that the step which makes it has run, then continue with --resume.',
  conflict: 'Somebody else changed it at the same time; continue with --resume.',
  throttled: 'The service asks to slow down; wait a minute and continue with --resume, perhaps with a lower --parallelism.',
  unreachable: 'Check that it runs and can be reached from here, then continue with --resume.',
  failed: 'Mend the cause named above, then continue with --resume.',
};

/** Findings of whatever ended a step, or undefined for a bug of ours, which is to be thrown on. Pure. */
export const findingsOf = (error: unknown, at: Span): readonly Diagnostic[] | undefined => {
  if (error instanceof StepFailure) return error.diagnostics;
  if (error instanceof TerraformError) return terraformFindings(error, at);
  if (error instanceof PortError)
    return [{ code: `ops/${error.kind}`, severity: 'error', at, summary: `Could not ${error.operation} ${error.resource}: ${error.message.replace(/\.?$/, '.')}`, fix: nextStep[error.kind] }];
  return undefined;
};
