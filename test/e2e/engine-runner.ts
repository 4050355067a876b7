/** Runs one apply or destroy in a process of its own, so that a test can kill it: `engine-runner.ts <directory> <apply|resume|destroy>`. Prints the outcome. */
import { systemClock } from '../../src/adapters/clock.ts';
import { diskAt } from '../../src/adapters/disk.ts';
import { systemProcesses } from '../../src/adapters/process.ts';
import { findTerraform } from '../../src/adapters/real-site.ts';
import { terraformProgram } from '../../src/adapters/terraform.ts';
import { applySteps, approvalOf } from '../../src/ops/apply-environment.ts';
import { destroySteps } from '../../src/ops/destroy-environment.ts';
import { planEnvironment } from '../../src/ops/plan-environment.ts';
import { findRun, runJournaled, withLock } from '../../src/ops/run-environment.ts';
import type { Site } from '../../src/ops/site.ts';
import { SimAws } from '../../src/sim/aws.ts';
import { SimKube } from '../../src/sim/kube.ts';
import { environmentFixture } from '../fixtures/platform.ts';

const [directory = '', mode = 'apply'] = process.argv.slice(2);
const environment = environmentFixture({ tier: 'dev', clusters: 2 });
const kube = new SimKube();
const site: Site = {
  environment,
  local: true,
  tree: diskAt(directory),
  records: diskAt(`${directory}/.argoeks`),
  clock: systemClock,
  processes: systemProcesses,
  terraform: terraformProgram({ processes: systemProcesses, program: await findTerraform(systemProcesses), lockTimeoutS: 20, env: { TF_CLI_CONFIG_FILE: '/dev/null' } }),
  aws: new SimAws(environment.accountId),
  kube: async () => kube,
};
const options = { parallelism: 3, emit: (e: object) => console.log(JSON.stringify(e)) };

const { value, diagnostics } = await withLock(site, `engine-runner ${mode}`, async () => {
  if (mode === 'destroy') return runJournaled(site, { request: { kind: 'destroy', environment: 'dev', options: {} } }, destroySteps(site), options);
  const { history } = await findRun(site, 'apply');
  if (mode === 'resume' && history) return runJournaled(site, { request: history.request, resume: history }, applySteps(site, history.request.options['approval'] as ReturnType<typeof approvalOf>), options);
  const { plans } = await planEnvironment(site, { ...options, emit: () => undefined });
  const approval = approvalOf(plans, [], {});
  return runJournaled(site, { request: { kind: 'apply', environment: 'dev', options: { approval } } }, applySteps(site, approval), options);
});
console.log(JSON.stringify({ type: 'result', outcome: value?.outcome ?? 'refused', states: Object.fromEntries(value?.states ?? []), diagnostics: value?.diagnostics ?? diagnostics }));
