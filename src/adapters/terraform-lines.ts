import type { PlannedAction, PlannedChange, PlanSummary, StateVersion, TerraformProblem, TerraformProgress } from '../ports/terraform.ts';

/** Foreign JSON: read field by field, trusted with nothing. */
type Json = Readonly<Record<string, unknown>>;
const object = (value: unknown): Json => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {});
const array = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

const parse = (line: string): Json | undefined => {
  try {
    return object(JSON.parse(line));
  } catch {
    return undefined;
  }
};

/** A line of `terraform … -json` as a problem. Format: "Machine-Readable UI", message type `diagnostic`. */
const problemOf = (message: Json): TerraformProblem => {
  const found = object(message['diagnostic']);
  const range = object(found['range']);
  const start = object(range['start']);
  return {
    severity: found['severity'] === 'warning' ? 'warning' : 'error',
    summary: text(found['summary']),
    detail: text(found['detail']),
    ...(text(found['address']) ? { address: text(found['address']) } : {}),
    ...(text(range['filename']) ? { at: { file: text(range['filename']), line: number(start['line']) || 1, column: number(start['column']) || 1 } } : {}),
  };
};

const phases: Readonly<Record<string, TerraformProgress['phase']>> = { apply_start: 'started', apply_progress: 'running', apply_complete: 'done', apply_errored: 'failed' };

/** What one line of `-json` output says: a problem, progress, or nothing of interest. Pure. */
export const readLine = (line: string): { readonly problem?: TerraformProblem; readonly progress?: TerraformProgress } => {
  const message = parse(line);
  if (!message) return {};
  if (message['type'] === 'diagnostic') return { problem: problemOf(message) };
  const phase = phases[text(message['type'])];
  if (!phase) return {};
  const hook = object(message['hook']);
  const elapsed = hook['elapsed_seconds'];
  return { progress: { phase, address: text(object(hook['resource'])['addr']), action: text(hook['action']), ...(typeof elapsed === 'number' ? { elapsedS: elapsed } : {}) } };
};

/** Problems of a command that ended badly: from its JSON lines, or its plain text where it died before speaking JSON. Errors first; never empty. Pure. */
export const problemsOf = (stdout: string, stderr: string, code: number): readonly TerraformProblem[] => {
  const found = stdout.split('\n').flatMap((line) => readLine(line).problem ?? []);
  const errors = found.filter((p) => p.severity === 'error');
  if (errors.length > 0) return [...errors, ...found.filter((p) => p.severity === 'warning')];
  const plain = [stderr, ...stdout.split('\n').filter((line) => line !== '' && !parse(line))].join('\n').replace(/[│╷╵]/g, ' ').trim();
  const cut = plain.length > 1_500 ? `…${plain.slice(-1_500)}` : plain;
  const said = /Error: ([^\n]+)\n?([\s\S]*)/.exec(cut);
  return [{ severity: 'error', summary: said?.[1]?.trim() ?? `Terraform ended with exit code ${code}.`, detail: (said?.[2] ?? cut).trim().replace(/\s*\n\s*/g, ' ') }];
};

const actionOf = (actions: readonly unknown[]): PlannedAction | undefined => {
  if (actions.includes('delete') && actions.includes('create')) return 'replace';
  if (actions.includes('create')) return 'create';
  if (actions.includes('delete')) return 'destroy';
  if (actions.includes('update')) return 'update';
  return actions.includes('forget') ? 'forget' : undefined;
};

const pathText = (path: unknown): string => array(path).map((p) => (typeof p === 'number' ? `[${p}]` : `.${String(p)}`)).join('').replace(/^\./, '');

/** Reads `terraform show -json <plan>` (plan representation, format 1.x) and keeps no values. Pure. */
export const planSummaryOf = (json: string): PlanSummary => {
  const plan = object(JSON.parse(json));
  const changes = array(plan['resource_changes']).flatMap((entry): PlannedChange[] => {
    const resource = object(entry);
    const change = object(resource['change']);
    const action = actionOf(array(change['actions']));
    if (!action || resource['mode'] === 'data') return [];
    const forcedBy = array(change['replace_paths']).map(pathText);
    return [{ address: text(resource['address']), type: text(resource['type']), action, ...(forcedBy.length > 0 ? { forcedBy } : {}), ...(resource['action_reason'] === 'replace_because_tainted' ? { tainted: true } : {}) }];
  });
  return {
    changes: changes.sort((a, b) => (a.address < b.address ? -1 : 1)),
    drifted: array(plan['resource_drift']).map((d) => text(object(d)['address'])).sort(),
    outputsChange: Object.values(object(plan['output_changes'])).some((c) => actionOf(array(object(c)['actions'])) !== undefined),
  };
};

/** Arguments by which AWS objects refuse to be deleted, in the spelling of the provider's resources. */
const protections = ['deletion_protection', 'deletion_protection_enabled', 'enable_deletion_protection'] as const;

/** Address of one instance of a resource in the raw state: `module.m.type.name["key"]`. */
const addressOf = (resource: Json, instance: Json): string => {
  const key = instance['index_key'];
  const prefix = resource['module'] === undefined ? '' : `${text(resource['module'])}.`;
  return `${prefix}${text(resource['type'])}.${text(resource['name'])}${key === undefined ? '' : `[${JSON.stringify(key)}]`}`;
};

const protectedAddresses = (managed: readonly Json[]): readonly string[] =>
  managed
    .flatMap((resource) => array(resource['instances']).map(object).filter(({ attributes }) => protections.some((name) => object(attributes)[name] === true)).map((instance) => addressOf(resource, instance)))
    .sort();

/** Reads `terraform state pull`; empty text means nothing was ever applied. Pure. */
export const stateVersionOf = (json: string): StateVersion | undefined => {
  if (json.trim() === '') return undefined;
  const state = object(JSON.parse(json));
  const managed = array(state['resources']).map(object).filter((r) => r['mode'] === 'managed');
  return { lineage: text(state['lineage']), serial: number(state['serial']), resources: managed.reduce((sum, r) => sum + array(r['instances']).length, 0), protected: protectedAddresses(managed) };
};
