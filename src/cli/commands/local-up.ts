import { z } from 'zod';
import { systemTerminal } from '../../adapters/terminal.ts';
import { functionsAskedAt } from '../../config/sources.ts';
import { resolve } from '../../compile/compile.ts';
import { renameOrChoose } from '../../diag/did-you-mean.ts';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import { openLocalSite, type OpenLocalSite } from '../../local/run/local-site.ts';
import { parseFault } from '../../local/run/fault-option.ts';
import { applySteps, approvalOf, type Approval } from '../../ops/apply-environment.ts';
import { findingsOf } from '../../ops/failure.ts';
import { planEnvironment } from '../../ops/plan-environment.ts';
import { findRun, runJournaled, withLock } from '../../ops/run-environment.ts';
import { FaultPlan } from '../../sim/provider/store/faults.ts';
import { defineCommand, type Context, type Outcome } from '../command.ts';
import { watchRun } from '../environment-options.ts';
import { readRepository } from '../read-repository.ts';
import { dryRunText } from '../views/dry-run-view.ts';
import { toolView } from '../views/tool-view.ts';
import { upText, type UpValue } from '../views/up-view.ts';

const args = z.object({
  env: z.string().default('dev').meta({ description: 'Environment to bring up.' }),
  parallelism: z.coerce.number().int().min(1).max(64).default(4).meta({ description: 'How many steps run at the same time.' }),
  resume: z.boolean().default(false).meta({ description: 'Continue the newest run that was cut off or failed, instead of planning again.' }),
  inject_fault: z.array(z.string()).default([]).meta({ description: 'Make the simulated account refuse once: <type>[:create|read|update|delete], for example aws_eks_node_group:create.' }),
});
type Args = z.infer<typeof args>;

const start = { file: 'configuration/platform.yaml', line: 1, column: 1 };

type Value = UpValue | { readonly text: string };

/** Another environment's Argo CD already runs here: there is one hub at a time. */
const occupied = async ({ world, site }: OpenLocalSite): Promise<readonly Diagnostic[]> => {
  const { argocd } = await world.status();
  if (!argocd || site.environment.clusters.some((c) => c.name === argocd.hub)) return [];
  return [{ code: 'ops/local-occupied', severity: 'error', at: site.environment.at, summary: `The local platform already runs another environment, with the hub ${argocd.hub}.`, fix: 'Run "argoeks local down" first, or use a second checkout.' }];
};

const bringUp = async (opened: OpenLocalSite, given: Args, context: Context, begun: number): Promise<Outcome<Value>> => {
  const { site, world, charts } = opened;
  const { environment } = site;
  const busy = await occupied(opened);
  if (busy.length > 0) return { diagnostics: busy };
  const found = given.resume ? await findRun(site, 'apply') : { diagnostics: [] };
  if (found.diagnostics.length > 0) return { diagnostics: found.diagnostics };
  const history = 'history' in found ? found.history : undefined;
  const { emit, signal, done } = watchRun(context);
  const options = { parallelism: given.parallelism, emit, signal };
  try {
    let approval = history?.request.options['approval'] as Approval | undefined;
    if (!approval) {
      const { plans, diagnostics } = await planEnvironment(site, options);
      if (diagnostics.length > 0 || signal.aborted) return { diagnostics, failed: true };
      // What is lost here is simulated and comes back at once.
      approval = approvalOf(plans, plans.flatMap(({ plan }) => plan?.summary.changes.map((c) => c.address) ?? []), {});
    }
    const result = await runJournaled(site, { request: { kind: 'apply', environment: environment.name, options: { approval } }, ...(history ? { resume: history } : {}) }, applySteps(site, approval), options);
    const { clusters } = await world.status();
    const value: UpValue = {
      environment: environment.name,
      outcome: result.outcome,
      unchanged: [...result.states].filter(([id]) => id.startsWith('apply:')).every(([, state]) => state === 'unchanged'),
      hub: environment.hub,
      clusters: clusters.map(({ name, kubeconfigPath }) => ({ name, kubeconfig: kubeconfigPath, engine: environment.clusters.find((c) => c.name === name)?.engine ?? 'argocd' })),
      standIns: [...new Set(charts.filter((c) => c.origin === 'stand-in').map((c) => c.name))].sort(),
      realCharts: [...new Set(charts.filter((c) => c.origin === 'real').map((c) => c.name))].sort(),
      ms: Date.now() - begun,
    };
    return { value, diagnostics: result.diagnostics, failed: result.outcome !== 'done' };
  } finally {
    done();
  }
};

export const localUp = defineCommand({
  name: 'local up',
  summary: 'Brings an environment up on this machine: real Terraform, Kubernetes and Argo CD, simulated AWS.',
  args,
  examples: ['argoeks local up', 'argoeks local up --env prod', 'argoeks local up --inject-fault aws_eks_node_group:create'],
  async run(given, context): Promise<Outcome<Value>> {
    const begun = Date.now();
    const faults = new FaultPlan();
    for (const text of given.inject_fault) {
      const fault = parseFault(text);
      if (!fault) return { diagnostics: [{ code: 'ops/unknown-fault', severity: 'error', at: start, summary: `"${text}" is no fault.`, fix: 'Say <type>[:create|read|update|delete], for example aws_eks_node_group:create.' }] };
      faults.add(fault);
    }
    const input = await readRepository(context.directory);
    const resolved = resolve(input);
    if (!resolved.value) return { diagnostics: resolved.diagnostics.filter((d) => d.severity === 'error'), sources: input.files };
    const { plan } = resolved.value;
    const environment = plan.environments.find((e) => e.environment.name === given.env);
    if (!environment) return { diagnostics: [{ code: 'config/unknown-environment', severity: 'error', at: start, summary: `There is no environment "${given.env}".`, fix: renameOrChoose(given.env, plan.environments.map((e) => e.environment.name)) }], sources: input.files };
    const { verbose, directory, progress } = context;
    const tools = toolView(systemTerminal());
    let opened: OpenLocalSite | undefined;
    try {
      if (!context.json) progress(`Bringing ${given.env} up on this machine. AWS is simulated.`);
      opened = await openLocalSite({
        directory, plan, environment, functionAt: functionsAskedAt(resolved.value.sources, environment.environment), components: input.components, faults,
        onProgress: (event) => {
          if (context.json) return;
          if (event.kind === 'tool') return tools.event(event.event);
          tools.close();
          progress(event.text);
        },
        ...(verbose ? { onCommand: (where: string, words: readonly string[]) => progress(`  ${where}$ ${words.join(' ')}`) } : {}),
      });
      tools.close();
      const { site } = opened;
      if (context.dryRun) return { value: { text: dryRunText(applySteps(site, approvalOf([], [], {}))) } };
      const open = opened;
      const { value, diagnostics } = await withLock(site, `argoeks local up --env ${given.env}`, () => bringUp(open, given, context, begun));
      return { sources: input.files, ...(value ?? { diagnostics }) };
    } catch (error) {
      const findings = findingsOf(error, environment.environment.at);
      if (!findings) throw error;
      return { diagnostics: findings, sources: input.files };
    } finally {
      tools.close();
      await opened?.close();
    }
  },
  human: (value) => ('text' in value ? value.text : upText(value)),
});
