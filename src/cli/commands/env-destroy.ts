import { z } from 'zod';
import { destroySteps, type DestroyOptions } from '../../ops/destroy-environment.ts';
import { findRun, runJournaled, withLock } from '../../ops/run-environment.ts';
import type { Site } from '../../ops/site.ts';
import { defineCommand, type Context, type Outcome } from '../command.ts';
import { withEnvironment } from '../environment.ts';
import { filterOf, runOptions, watchRun } from '../environment-options.ts';
import { askConsent } from '../views/ask-view.ts';
import { dryRunText } from '../views/dry-run-view.ts';

const args = z.object({
  ...runOptions,
  auto_approve: z.boolean().default(false).meta({ description: 'Accepted for scripts; the environment still has to be named by --confirm, except with --local.' }),
  confirm: z.string().optional().meta({ description: 'Name of the environment, instead of typing it in.' }),
  allow_destroy: z.array(z.string()).default([]).meta({ description: 'Address (or <root>:<address>) of something protected against deletion that may be destroyed all the same; may be repeated.' }),
  resume: z.boolean().default(false).meta({ description: 'Continue the newest destroy that was cut off or failed.' }),
});
type Args = z.infer<typeof args>;

interface DestroyValue {
  readonly environment: string;
  readonly outcome: string;
  /** Absolute path. */
  readonly receipt?: string;
  readonly text?: string;
}

const destroy = async (site: Site, given: Args, context: Context): Promise<Outcome<DestroyValue>> => {
  const { environment, records } = site;
  const found = given.resume ? await findRun(site, 'destroy') : { diagnostics: [] };
  if (found.diagnostics.length > 0) return { diagnostics: found.diagnostics };
  const history = 'history' in found ? found.history : undefined;
  const region = history ? (history.request.options['region'] as string | undefined) : given.region;
  if (!history) {
    const consent = await askConsent(context, {
      environment: environment.name,
      what: `Destroy ${region === undefined ? `all of ${environment.name}` : `${environment.name} in ${region}`}${site.local ? ' (simulated)' : ` in account ${environment.accountId}`}, with its data`,
      needsName: !(site.local && given.auto_approve),
      autoApprove: given.auto_approve,
      confirm: given.confirm,
      at: environment.at,
    });
    if (!consent.agreed) return { diagnostics: consent.diagnostics, failed: true };
  }
  const { emit, signal, done } = watchRun(context);
  const before = (history?.request.options['allowDestroy'] as readonly string[] | undefined) ?? [];
  const options: DestroyOptions = { ...filterOf(region), allowDestroy: [...before, ...given.allow_destroy] };
  const request = { kind: 'destroy', environment: environment.name, options: { ...options } };
  const result = await runJournaled(site, { request, ...(history ? { resume: history } : {}) }, destroySteps(site, options), { parallelism: given.parallelism, emit, signal });
  done();
  const receipt = (result.data.get('receipt') as { receipt?: string } | undefined)?.receipt;
  return { value: { environment: environment.name, outcome: result.outcome, ...(receipt ? { receipt: records.path(receipt) } : {}) }, diagnostics: result.diagnostics, failed: result.outcome !== 'done' };
};

export const envDestroy = defineCommand({
  name: 'env destroy',
  summary: 'Removes an environment in the order that leaves nothing behind, and writes a receipt.',
  args,
  examples: ['argoeks env destroy --env dev', 'argoeks env destroy --env sandbox --confirm sandbox', 'argoeks env destroy --env prod --allow-destroy aws_eks_cluster.main'],
  run: (given, context) =>
    withEnvironment<DestroyValue>(given, context, async (site) => {
      if (context.dryRun) return { value: { environment: given.env, outcome: 'dry-run', text: dryRunText(destroySteps(site, filterOf(given.region))) } };
      const { value, diagnostics } = await withLock(site, `argoeks env destroy --env ${given.env}`, () => destroy(site, given, context));
      return value ?? { diagnostics };
    }),
  human: ({ environment, outcome, receipt, text }) => text ?? (outcome === 'done' ? `${environment} is gone; nothing is left. Receipt: ${receipt ?? ''}` : `Continue, once the cause is mended, with: argoeks env destroy --env ${environment} --resume`),
});
