import type { Command } from './command.ts';

/** A command by name, with its summary, so that help needs no import of what it does. */
export interface Entry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<Command>;
}

const entry = (name: string, summary: string, load: () => Promise<unknown>): Entry => ({ name, summary, load: load as () => Promise<Command> });

/** Every command there is, in the order of `--help`. */
export const commands: readonly Entry[] = [
  entry('init', 'Writes a first configuration into a directory.', async () => (await import('./commands/init.ts')).init),
  entry('build', 'Compiles the configuration into terraform/, kubernetes/ and docs/reference/.', async () => (await import('./commands/build.ts')).build),
  entry('check', 'Reports everything that is wrong or not yet acting in the configuration.', async () => (await import('./commands/check.ts')).check),
  entry('explain', 'Says what a key is set to, where that came from, and what it means.', async () => (await import('./commands/explain.ts')).explain),
  entry('cost', 'Estimates what each environment costs in a month, before it is applied, and compares it with its budget.', async () => (await import('./commands/cost.ts')).cost),
  entry('model plan', 'Sizes an open model on EC2: memory as arithmetic, layouts, bounds of speed, price, quotas and cold start. Asks nothing of AWS.', async () => (await import('./commands/model-plan.ts')).modelPlan),
  entry('graph', 'Shows the order in which a cluster comes up.', async () => (await import('./commands/graph.ts')).graph),
  entry('org report', 'Shows, unit by unit, what the service control policies would deny: computed, nothing is asked of AWS.', async () => (await import('./commands/org-report.ts')).orgReport),
  entry('schema', 'Prints the JSON Schema of the configuration, for editors.', async () => (await import('./commands/schema.ts')).schema),
  entry('charts pull', 'Fetches the pinned charts for the local platform.', async () => (await import('./commands/charts-pull.ts')).chartsPull),
  entry('functions package', 'Packs the code of Lambda functions into archives, the same bytes on every machine.', async () => (await import('./commands/functions-package.ts')).functionsPackage),
  entry('completion', 'Prints a script that completes commands and options in a shell.', async () => (await import('./commands/completion.ts')).completion),
  entry('docs', 'Lists the pages of the documentation, and where they are.', async () => (await import('./commands/docs.ts')).docs),
  entry('local up', 'Brings an environment up on this machine: real Terraform, Kubernetes and Argo CD, simulated AWS.', async () => (await import('./commands/local-up.ts')).localUp),
  entry('local down', 'Stops the local platform and removes all it kept; built tools and receipts stay.', async () => (await import('./commands/local-down.ts')).localDown),
  entry('local status', 'Shows what the local platform runs: programs, clusters, nodes, applications.', async () => (await import('./commands/local-status.ts')).localStatus),
  entry('local logs', "Prints the end of a program's log; without a name, lists the programs.", async () => (await import('./commands/local-logs.ts')).localLogs),
  entry('status', 'Shows environments, clusters, nodes and applications as they are now.', async () => (await import('./commands/status.ts')).status),
  entry('backup verify', 'Says of each cluster whether its backups are there, good and recent.', async () => (await import('./commands/backup-verify.ts')).backupVerify),
  entry('env init', 'Runs terraform init in every root of an environment.', async () => (await import('./commands/env-init.ts')).envInit),
  entry('env plan', 'Plans every Terraform root of an environment and keeps the plans for apply.', async () => (await import('./commands/env-plan.ts')).envPlan),
  entry('env apply', 'Shows the plan of an environment, asks, and applies exactly that, root by root, until its applications are healthy.', async () => (await import('./commands/env-apply.ts')).envApply),
  entry('env destroy', 'Removes an environment in the order that leaves nothing behind, and writes a receipt.', async () => (await import('./commands/env-destroy.ts')).envDestroy),
  entry('env output', 'Prints the Terraform outputs of an environment, sensitive ones hidden.', async () => (await import('./commands/env-output.ts')).envOutput),
  entry('env validate', 'Runs terraform validate in every root of an environment.', async () => (await import('./commands/env-validate.ts')).envValidate),
];
