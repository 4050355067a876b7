import pc from 'picocolors';
import { countChanges, countsText } from '../../ops/approval.ts';
import type { RootPlan } from '../../ops/plan-environment.ts';
import { isStateful } from '../../ops/stateful.ts';
import type { PlannedAction, PlannedChange } from '../../ports/terraform.ts';

const marks: Readonly<Record<PlannedAction, string>> = { create: pc.green('+'), update: pc.yellow('~'), replace: pc.red('±'), destroy: pc.red('-'), forget: pc.dim('o') };

const changeLine = ({ action, address, type, forcedBy }: PlannedChange): string => {
  const loses = action === 'replace' || action === 'destroy';
  return `    ${marks[action]} ${action} ${address}${forcedBy ? ` because of ${forcedBy.join(', ')}` : ''}${loses && isStateful(type) ? pc.red('  holds state') : ''}`;
};

/**
 * Plans of an environment for people: counts per root, every change that is more than a creation, and the creations too when asked for
 * them. Ends with the sum. Pure.
 */
export const planText = (plans: readonly RootPlan[], isVerbose = false): string => {
  const lines = plans.flatMap(({ label, plan, waitsFor }) => {
    if (!plan) return [`  ${label}: not planned yet${waitsFor && waitsFor.length > 0 ? `: needs ${waitsFor.join(', ')}` : ''}`];
    const { changes, drifted } = plan.summary;
    const shown = changes.filter((c) => isVerbose || c.action !== 'create');
    const drift = drifted.length > 0 ? [`    ${pc.yellow('!')} changed outside Terraform: ${drifted.join(', ')}`] : [];
    return [`  ${label}: ${countsText(countChanges(plan.summary))}${plan.summary.outputsChange && changes.length === 0 ? ' but outputs' : ''}`, ...drift, ...shown.map(changeLine)];
  });
  const total = countsText(countChanges(...plans.flatMap(({ plan }) => (plan ? [plan.summary] : []))));
  const open = plans.filter(({ plan }) => !plan).length;
  return [...lines, `Plan: ${total}${open > 0 ? `; ${open} roots are planned once what they need is there` : ''}.`].join('\n');
};
