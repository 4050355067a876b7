/**
 * Runs checkov, and tflint where it can be built, over the rendered Terraform of this repository and of the configuration with everything
 * on (`test/fixtures/everything.ts`), and prints what they find; exits 1 on a finding. Accepted findings stand in the blocks with their
 * reasons. Not part of the unit tests: `node tools/scan-terraform.ts`.
 */
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { catalogFacts, chartPins } from '../src/compile/catalog-facts.ts';
import { resolve } from '../src/compile/compile.ts';
import { components } from '../src/components/registry.ts';
import { emitTerraform } from '../src/emit/terraform.ts';
import { environmentNames, filesOf, platformOf } from '../test/fixtures/everything.ts';
import { pythonProgram } from './python-program.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const checkovVersion = '3.3.30';
const tflintVersion = 'v0.64.0';

interface CheckovReport {
  readonly summary: { readonly passed: number; readonly failed: number; readonly skipped: number };
  readonly results: { readonly failed_checks: readonly { readonly check_id: string; readonly check_name: string; readonly resource: string; readonly file_path: string }[] };
}

const outputOf = async (program: string, args: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}): Promise<string> => {
  try {
    return (await run(program, [...args], { maxBuffer: 256 * 1024 * 1024, ...options })).stdout;
  } catch (error) {
    const { stdout = '' } = error as { readonly stdout?: string };
    // Both exit with 1 or 2 on findings, which they print.
    if (stdout === '') throw error;
    return stdout;
  }
};

const checkov = async (folder: string): Promise<number> => {
  const program = await pythonProgram(`checkov==${checkovVersion}`, 'checkov');
  const said = JSON.parse(await outputOf(program, ['--directory', join(folder, 'terraform'), '--framework', 'terraform', '--compact', '--quiet', '--output', 'json'])) as CheckovReport | readonly CheckovReport[];
  const { summary, results } = (Array.isArray(said) ? said[0] : said) as CheckovReport;
  for (const { check_id: id, check_name: name, resource, file_path: file } of results.failed_checks) console.log(`${file}: ${resource}: ${id} ${name}`);
  console.log(`checkov ${checkovVersion}: ${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} accepted`);
  return summary.failed;
};

const tflint = async (folder: string): Promise<number> => {
  const tools = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'argoeks/tools', `tflint-${tflintVersion}`);
  const program = join(tools, 'tflint');
  await access(program).catch(async () => {
    await mkdir(tools, { recursive: true });
    await run('go', ['install', `github.com/terraform-linters/tflint@${tflintVersion}`], { env: { ...process.env, GOBIN: tools }, maxBuffer: 64 * 1024 * 1024 });
  });
  let count = 0;
  for (const path of new Set(globSync('terraform/**/*.tf', { cwd: folder }).map((file) => dirname(file)))) {
    const { issues } = JSON.parse(await outputOf(program, ['--format=json', `--chdir=${join(folder, path)}`])) as { readonly issues: readonly { readonly rule: { readonly name: string }; readonly message: string }[] };
    for (const { rule, message } of issues) console.log(`${path}: ${rule.name} ${message}`);
    count += issues.length;
  }
  console.log(`tflint ${tflintVersion}: ${count} findings`);
  return count;
};

/** Renders the configuration with everything on into a new folder. */
const everything = async (): Promise<string> => {
  const { value, diagnostics } = resolve({ files: filesOf(environmentNames, platformOf(environmentNames, 'on')), lock: undefined, components, facts: catalogFacts() });
  if (!value) throw new Error(diagnostics.map(({ summary }) => summary).join('\n'));
  const folder = await mkdtemp(join(tmpdir(), 'scan-terraform-'));
  for (const { path, text } of emitTerraform(value.plan, chartPins)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
};

let found = 0;
const rendered = await everything();
for (const [what, folder] of [['the configuration of this repository', root], ['everything on', rendered]] as const) {
  console.log(`== ${what}`);
  found += (await checkov(folder)) + (await tflint(folder));
}
await rm(rendered, { recursive: true, force: true });
process.exitCode = found > 0 ? 1 : 0;
