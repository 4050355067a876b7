import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CodeMaker } from 'codemaker';
import { rolldown } from 'rolldown';
import { PROVIDER_VERSIONS, ephemeralSchemaFile, loadSchema, schemaFile } from '../src/sim/provider/schema/schema-json.ts';
import type { ProviderName } from '../src/sim/provider/schema/schema-json.ts';
import { parseBindings } from './extract-schema/parse-bindings.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GENERATED = join(ROOT, 'generated');
const TARGET = join(GENERATED, 'bindings');
const STAMP = join(TARGET, '.stamp');
const NAMES = Object.keys(PROVIDER_VERSIONS) as ProviderName[];

/** Hash of all that decides what the bindings look like: schemas, this file, and the programs that write them. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const packages = ['@cdktn/provider-generator', 'cdktn', 'rolldown', 'typescript'].map((p) => join(ROOT, 'node_modules', p, 'package.json'));
  for (const file of [...NAMES.map(schemaFile), ephemeralSchemaFile, fileURLToPath(import.meta.url), ...packages]) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/**
 * The generator marks nested attributes (`kubernetes = {…}`, `ingress = […]`) as blocks in the tables that HCL is printed
 * from; the interfaces' comments know better. Gives the text with truthful tables.
 */
function correctBlocks(text: string): string {
  const { main, inputs } = parseBindings(text);
  const config = inputs.get(main);
  const structOf = (head: string): string => {
    const name = /function (\w+)ToHclTerraform/.exec(head)?.[1];
    return name === undefined ? main : name.charAt(0).toUpperCase() + name.slice(1);
  };
  return text.replace(/^export function \w+ToHclTerraform.*?^\}$|^ {2}protected synthesizeHclAttributes.*?^ {2}\}$/gms, (table) => {
    const fields = structOf(table) === main ? config : inputs.get(structOf(table));
    const attributes = new Set((fields ?? []).filter((f) => !f.isBlock).map((f) => f.name));
    return table.replace(/^(\s+(\w+): \{\s+value: [^\n]*\n\s+isBlock: )true,/gm, (entry, head: string, name: string) =>
      attributes.has(name) ? `${head}false,` : entry);
  });
}

/**
 * Writes the TypeScript of one provider's classes to `folder`, one file per type.
 * A generator of its own per provider: one that is used twice gives the first one's provider class again.
 */
async function writeSources(name: ProviderName, folder: string): Promise<number> {
  const require = createRequire(import.meta.url);
  const inner = createRequire(require.resolve('@cdktn/provider-generator'));
  const { TerraformProviderGenerator } = require('@cdktn/provider-generator') as typeof import('@cdktn/provider-generator');
  const { ConstructsMakerProviderTarget, TerraformProviderConstraint, LANGUAGES } = inner('@cdktn/commons') as typeof import('@cdktn/commons');
  const code = new (inner('codemaker') as { CodeMaker: new () => CodeMaker }).CodeMaker();
  const { version, provider, resources, data_sources, ephemeral_resources } = loadSchema(name);
  // A source without a host lets Terraform and OpenTofu each ask their own registry.
  const source = `hashicorp/${name}`;
  // The generator parses keys of three parts; the host never reaches the result.
  const key = `host.invalid/${source}` as const;
  const schema = {
    format_version: '1.0',
    provider_schemas: { [key]: { provider, resource_schemas: resources, data_source_schemas: data_sources, ephemeral_resource_schemas: ephemeral_resources } },
    provider_versions: { [key]: version },
  };
  const generator = new TerraformProviderGenerator(code, schema as never, { importExtension: '.js' });
  generator.generate(new ConstructsMakerProviderTarget(new TerraformProviderConstraint(`${source}@${version}`), LANGUAGES[0]!));
  const raw = join(folder, '.raw');
  await generator.save(raw);
  const written = join(raw, 'providers', name);
  const types = readdirSync(written, { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name);
  mkdirSync(join(folder, name), { recursive: true });
  for (const type of types) {
    const text = readFileSync(join(written, type, 'index.ts'), 'utf8');
    // An argument that is undefined is left out of the output, so callers with exactOptionalPropertyTypes may pass it.
    writeFileSync(join(folder, name, `${type}.ts`), correctBlocks(text).replace(/^( {2}readonly \w+\?: .*);$/gm, '$1 | undefined;'));
  }
  rmSync(raw, { recursive: true });
  return types.length;
}

function compile(sources: string, out: string): void {
  const config = join(sources, 'tsconfig.json');
  const compilerOptions = {
    target: 'es2024', module: 'nodenext', moduleResolution: 'nodenext', types: [], strict: true, skipLibCheck: true,
    declaration: true, rootDir: '.', outDir: out,
  };
  writeFileSync(config, JSON.stringify({ compilerOptions, include: ['*/*.ts'] }));
  execFileSync(process.execPath, [join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', config], { stdio: 'inherit' });
}

/**
 * Joins the classes of AWS into one small file beside their declarations: a build loads most of them, and one file is read three
 * times as fast as nearly two hundred. The import map of package.json leads all of them there.
 */
async function joinTypes(out: string): Promise<void> {
  const folder = join(out, 'aws');
  const types = readdirSync(folder).filter((file) => file.endsWith('.js'));
  const all = join(folder, 'all.js');
  writeFileSync(all, types.map((type) => `export * from './${type}';\n`).join(''));
  const bundle = await rolldown({ input: all, external: ['cdktn', 'constructs'] });
  await bundle.write({ file: join(out, 'aws.js'), format: 'esm', minify: true });
  for (const file of [...types, 'all.js']) rmSync(join(folder, file));
}

/**
 * Writes typed classes for the resource types of `catalog/schema` to `generated/bindings/<provider>/<type>.js` with
 * declarations, imported as `#bindings/aws/vpc.js`; AWS' classes are joined in `aws.js`. Does nothing when they are up to date. Changes: that folder, as a whole
 * and in one step, so that a reader never sees half of it. Returns a line that says what was done.
 */
export async function generateBindings(): Promise<string> {
  const print = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === print) return 'bindings: up to date';
  mkdirSync(GENERATED, { recursive: true });
  // The generator's library asks `terraform` for its version when it is loaded, and reports home when that fails.
  process.env['CHECKPOINT_DISABLE'] = '1';
  process.env['TERRAFORM_BINARY_NAME'] = 'true';
  const work = mkdtempSync(join(GENERATED, '.bindings-'));
  try {
    let count = 0;
    for (const name of NAMES) count += await writeSources(name, join(work, 'src'));
    compile(join(work, 'src'), join(work, 'out'));
    await joinTypes(join(work, 'out'));
    writeFileSync(join(work, 'out', '.stamp'), print);
    if (existsSync(TARGET)) renameSync(TARGET, join(work, 'old'));
    renameSync(join(work, 'out'), TARGET);
    return `bindings: ${count} types written to generated/bindings`;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
