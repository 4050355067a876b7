import { offerRegions } from '../../catalog/accelerated-instances.ts';
import { acceleratedInstances } from '../../catalog/accelerated-instances.ts';
import { instancePrices } from '../../catalog/instances.ts';
import { models } from '../../catalog/models/models.ts';
import type { ModelFacts } from '../../catalog/models/model-facts.ts';
import { vllmDefaults } from '../../catalog/serving-engine.ts';
import type { Diagnostic, Result } from '../diag/diagnostic.ts';
import { didYouMean, renameOrChoose } from '../diag/did-you-mean.ts';
import { hasErrors, problem } from '../diag/problem.ts';
import type { Architecture } from './architecture.ts';
import { readModelConfig } from './model-config.ts';
import type { PlanInput, PlanRequest } from './plan-types.ts';
import { publishedQuantization, quantizations } from './quantization.ts';

/** Context of a plan that names none, in tokens. */
const defaultContext = 8192;

/** A model whose shape is known, and where it was read. */
export interface KnownModel {
  readonly id: string;
  readonly source: string;
  readonly architecture: Architecture;
}

const plain = (name: string): string => (name.split('/').at(-1) ?? name).toLowerCase();

/** A model of the catalogue by its repository, by that of one with the same shape, or by the last part of either. */
const inCatalogue = (name: string): ModelFacts | undefined =>
  models.find(({ id, same = [] }) => [id, ...same].includes(name)) ?? models.find(({ id, same = [] }) => [id, ...same].some((one) => plain(one) === name.toLowerCase()));

/** The asked model: from its given config.json, else from the catalogue. Pure. */
export const findModel = ({ model, config, configAt, at }: PlanInput): Result<KnownModel> => {
  if (config !== undefined) {
    const { value, diagnostics } = readModelConfig(config, configAt ?? (() => at('config')));
    return { ...(value ? { value: { id: model, source: 'config.json as given', architecture: value } } : {}), diagnostics };
  }
  const facts = inCatalogue(model);
  if (!facts) {
    const near = didYouMean(model, models.flatMap(({ id, same = [] }) => [id, ...same])) ?? didYouMean(plain(model), models.map(({ id }) => plain(id)));
    return { diagnostics: [problem('model/unknown-model', at('model'), `The catalogue has no model "${model}".`, `${near === undefined ? '' : `Did you mean "${near}"? Else s`}${near === undefined ? 'S' : ''}ave its config.json from the Hugging Face Hub and give it with --config FILE.`)] };
  }
  const { value, diagnostics } = readModelConfig(facts.config, () => at('model'));
  return { ...(value ? { value: { id: model, source: facts.source, architecture: value } } : {}), diagnostics };
};

const quantizationOf = (input: PlanInput, model: Architecture): Result<PlanRequest['quantization']> => {
  const published = publishedQuantization(model);
  const refuse = (summary: string, fix: string): Result<PlanRequest['quantization']> => ({ diagnostics: [problem('model/wrong-request', input.at('quantization'), summary, fix)] });
  if (input.quantization === undefined) {
    return published === undefined ? refuse(`The model is published as "${model.published?.method ?? ''}", which the planner has no arithmetic of.`, `Name one of: ${quantizations.join(', ')}.`) : { value: published, diagnostics: [] };
  }
  const asked = quantizations.find((name) => name === input.quantization || (name === 'none' && (input.quantization === 'bf16' || input.quantization === 'fp16')));
  if (asked === undefined) return refuse(`"${input.quantization}" is no quantization the planner knows.`, renameOrChoose(input.quantization, [...quantizations, 'bf16']));
  if (asked === 'mxfp4' && published !== 'mxfp4') return refuse('The model is not published in MXFP4, and engines do not make it so.', 'Choose awq, gptq, fp8 or int8, of a checkpoint quantized so.');
  if (published !== undefined && published !== 'none' && published !== asked) return refuse(`The model is published in ${published}, not in ${asked}.`, `Leave --quantization off, or give the config.json of a ${asked} checkpoint with --config.`);
  return { value: asked, diagnostics: [] };
};

const numberProblems = (input: PlanInput): readonly Diagnostic[] => {
  const whole = ['context', 'answer', 'concurrency'] as const;
  const positive = ['qps', 'ttftMs', 'tpotMs'] as const;
  const wrong = (field: string, value: number, rule: string): Diagnostic => problem('model/wrong-request', input.at(field), `${field} is ${value}, but has to be ${rule}.`, 'Correct it, or leave it off.');
  return [
    ...whole.flatMap((field) => (input[field] !== undefined && (!Number.isInteger(input[field]) || input[field] < 1) ? [wrong(field, input[field], 'a whole number above zero')] : [])),
    ...positive.flatMap((field) => (input[field] !== undefined && !(input[field] > 0) ? [wrong(field, input[field], 'above zero')] : [])),
    ...(input.utilization !== undefined && !(input.utilization > 0 && input.utilization <= 1) ? [wrong('utilization', input.utilization, 'above zero and at most one')] : []),
  ];
};

/** The request with its defaults, or what is wrong with it. Pure. */
export const readRequest = (input: PlanInput, model: Architecture): Result<PlanRequest> => {
  const quantization = quantizationOf(input, model);
  const region = input.region ?? instancePrices.region;
  const context = input.context ?? Math.min(defaultContext, model.longest);
  const answer = input.answer ?? Math.max(1, Math.min(512, Math.floor(context / 4)));
  const diagnostics: Diagnostic[] = [...numberProblems(input), ...quantization.diagnostics];
  if (!offerRegions.includes(region)) diagnostics.push(problem('model/unknown-region', input.at('region'), `Nothing is known of accelerators in "${region}".`, renameOrChoose(region, offerRegions, 40)));
  if (context > model.longest) diagnostics.push(problem('model/wrong-request', input.at('context'), `A context of ${context} tokens is asked for, but the model allows ${model.longest}.`, `Ask for at most ${model.longest}, or give the config.json of a longer variant with --config.`));
  if (answer >= context && context > 1) diagnostics.push(problem('model/wrong-request', input.at('answer'), `Answers of ${answer} tokens leave no room for a prompt in a context of ${context}.`, 'Give a longer context or shorter answers.'));
  for (const type of input.instances ?? [])
    if (!acceleratedInstances.some((one) => one.type === type)) diagnostics.push(problem('model/unknown-instance', input.at('instance'), `"${type}" is no instance type with accelerators.`, renameOrChoose(type, acceleratedInstances.map((one) => one.type))));
  if (hasErrors(diagnostics) || quantization.value === undefined) return { diagnostics };
  const { concurrency, qps, ttftMs, tpotMs } = input;
  return {
    value: { context, answer, prompt: context - answer, quantization: quantization.value, kvType: input.kvType ?? 'auto', region, utilization: input.utilization ?? vllmDefaults.memoryUtilization, ...(concurrency === undefined ? {} : { concurrency }), ...(qps === undefined ? {} : { qps }), ...(ttftMs === undefined ? {} : { ttftMs }), ...(tpotMs === undefined ? {} : { tpotMs }) },
    diagnostics,
  };
};
