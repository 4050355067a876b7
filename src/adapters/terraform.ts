import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Exit, Processes } from '../ports/process.ts';
import { TerraformError, type OutputValue, type TerraformPlanOptions, type Terraform, type TerraformRoot, type TerraformWatch } from '../ports/terraform.ts';
import { planSummaryOf, problemsOf, readLine, stateVersionOf } from './terraform-lines.ts';

export interface TerraformOptions {
  readonly processes: Processes;
  /** `terraform`, `tofu`, or a path. */
  readonly program: string;
  /** Environment on top of ours, such as TF_REATTACH_PROVIDERS. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** How long to wait for a state that another terraform holds, for instance one that outlived a killed run. */
  readonly lockTimeoutS?: number;
  /** Called with every command line before it runs. */
  readonly onCommand?: (directory: string, words: readonly string[]) => void;
}

/** Waiting for input would hang for ever behind a pipe; the checkpoint call would reach the internet; a log level would print secrets. */
const always = { TF_IN_AUTOMATION: '1', TF_INPUT: '0', CHECKPOINT_DISABLE: '1', TF_LOG: undefined, TF_CLI_ARGS: undefined } as const;

const planArguments = ({ destroy, variables = {}, targets = [] }: TerraformPlanOptions): readonly string[] => [
  ...(destroy ? ['-destroy'] : []),
  ...Object.entries(variables).map(([name, value]) => `-var=${name}=${value}`),
  ...targets.map((address) => `-target=${address}`),
];

/** The real terraform (>= 1.11) or tofu (>= 1.10). Its output never leaves this adapter but as problems, progress and summaries. */
export const terraformProgram = ({ processes, program, env = {}, lockTimeoutS = 120, onCommand }: TerraformOptions): Terraform => {
  const lock = `-lock-timeout=${lockTimeoutS}s`;
  const call = (root: TerraformRoot, args: readonly string[], watch: TerraformWatch = {}): Promise<Exit> => {
    onCommand?.(root.directory, [program, ...args]);
    const { signal, onProgress } = watch;
    return processes.run({
      program,
      args,
      cwd: root.directory,
      env: { ...always, ...env },
      graceMs: 90_000,
      ...(signal ? { signal } : {}),
      ...(onProgress
        ? {
            onLine: (line: string) => {
              const { progress } = readLine(line);
              if (progress) onProgress(progress);
            },
          }
        : {}),
    });
  };
  const must = async (operation: string, root: TerraformRoot, args: readonly string[], watch?: TerraformWatch): Promise<string> => {
    const { code, stdout, stderr } = await call(root, args, watch);
    if (code !== 0) throw new TerraformError(root.id, operation, problemsOf(stdout, stderr, code));
    return stdout;
  };
  return {
    init: async (root, watch) => void (await must('init', root, ['init', '-json', '-input=false'], watch)),
    validate: async (root, watch) => {
      // Needs the providers, but neither the state nor credentials for it.
      await must('init', root, ['init', '-json', '-input=false', '-backend=false'], watch);
      const { code, stdout, stderr } = await call(root, ['validate', '-json'], watch);
      if (!stdout.trimStart().startsWith('{')) return code === 0 ? [] : problemsOf(stdout, stderr, code);
      const { diagnostics = [] } = JSON.parse(stdout) as { diagnostics?: readonly unknown[] };
      return diagnostics.flatMap((diagnostic) => readLine(JSON.stringify({ type: 'diagnostic', diagnostic })).problem ?? []);
    },
    plan: async (root, planFile, options = {}, watch) => {
      await mkdir(dirname(planFile), { recursive: true, mode: 0o700 });
      await must('plan', root, ['plan', '-json', '-input=false', lock, `-out=${planFile}`, ...planArguments(options)], watch);
      return planSummaryOf(await must('plan', root, ['show', '-json', planFile], watch));
    },
    apply: async (root, planFile, watch) => void (await must('apply', root, ['apply', '-json', '-input=false', lock, planFile], watch)),
    output: async (root) => {
      const raw = JSON.parse(await must('output', root, ['output', '-json'])) as Record<string, { value: unknown; sensitive?: boolean }>;
      const entries = Object.entries(raw).map(([name, { value, sensitive }]): [string, OutputValue] => [name, { value, sensitive: sensitive ?? false }]);
      return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    state: async (root) => stateVersionOf(await must('state', root, ['state', 'pull'])),
  };
};
