import type { Diagnostic } from '../diag/diagnostic.ts';
import { unprotectVariable } from '../units/wellknown.ts';
import { countChanges, countsText } from './approval.ts';
import type { Root } from './roots.ts';
import { watchOf } from './run-root.ts';
import { planFile } from './saved-plan.ts';
import { terraformRoot, type Site } from './site.ts';
import { StepFailure, type Step, type StepContext, type StepOutcome } from './step.ts';

/** Protected objects of a root that nobody allowed to destroy. `allowed` holds addresses, or `<root>:<address>` for one root only. Pure. */
export const forbiddenLifts = (root: Root, addresses: readonly string[], allowed: readonly string[]): readonly Diagnostic[] =>
  addresses
    .filter((address) => !allowed.includes(address) && !allowed.includes(`${root.id}:${address}`))
    .map((address) => ({
      code: 'ops/protected',
      severity: 'error',
      at: root.at,
      summary: `${address} of ${root.label} is protected against deletion.`,
      fix: `If it shall be lost, add --allow-destroy '${root.id}:${address}'; its protection is then turned off before it is destroyed.`,
    }));

/** Addresses in a root's state that AWS refuses to delete. Prepares the directory. */
const protectedIn = async (site: Site, root: Root, ctx: StepContext): Promise<readonly string[]> => {
  const at = terraformRoot(site, root);
  await site.terraform.init(at, watchOf(ctx));
  return (await site.terraform.state(at))?.protected ?? [];
};

/** Refuses a destroy that would end at a protected object, before anything has been drained. Changes nothing. */
export const protectionStep = (site: Site, roots: readonly Root[], allowed: readonly string[], needs: readonly string[]): Step => ({
  id: 'protection',
  title: 'Looks for objects protected against deletion',
  needs,
  at: site.environment.at,
  isRepeated: true,
  run: async (ctx): Promise<StepOutcome> => {
    const found = await Promise.all(roots.map(async (root) => ({ root, addresses: await protectedIn(site, root, ctx) })));
    const refused = found.flatMap(({ root, addresses }) => forbiddenLifts(root, addresses, allowed));
    if (refused.length > 0) throw new StepFailure(refused);
    const count = found.flatMap(({ addresses }) => addresses).length;
    return { summary: count === 0 ? 'none is' : `${count} ${count === 1 ? 'is' : 'are'}, and may be destroyed`, unchanged: true };
  },
});

/**
 * Turns deletion protection of a root's objects off through Terraform, and does nothing else: a plan that holds more than updates in place
 * is refused. The directory must be prepared. Returns how much was changed, in words; undefined where nothing is protected.
 */
export const liftProtection = async (site: Site, root: Root, allowed: readonly string[], ctx: StepContext): Promise<string | undefined> => {
  const { environment, records, terraform, tree } = site;
  const at = terraformRoot(site, root);
  const targets = (await terraform.state(at))?.protected ?? [];
  if (targets.length === 0) return undefined;
  const refused = forbiddenLifts(root, targets, allowed);
  if (refused.length > 0) throw new StepFailure(refused);
  ctx.note(`turning deletion protection of ${targets.join(', ')} off`);
  // Where the configuration has turned the protection off already, the root has no such variable.
  const isVariable = ((await tree.read(`${root.id}/variables.tf`)) ?? '').includes(`variable "${unprotectVariable}"`);
  const file = planFile(records, environment.name, root);
  const { changes } = await terraform.plan(at, file, { targets, ...(isVariable ? { variables: { [unprotectVariable]: 'false' } } : {}) }, watchOf(ctx));
  const others = changes.filter(({ action }) => action !== 'update');
  if (others.length > 0)
    throw new StepFailure(
      others.map(({ address, action }) => ({
        code: 'ops/protection-not-alone',
        severity: 'error',
        at: root.at,
        summary: `Turning deletion protection off in ${root.label} would also ${action} ${address}, because the account is not what the configuration says.`,
        fix: `Apply the environment first (argoeks env apply --env ${environment.name}), then continue the destroy with --resume.`,
      })),
    );
  await terraform.apply(at, file, watchOf(ctx));
  return countsText(countChanges({ changes, drifted: [], outputsChange: false }), true);
};
