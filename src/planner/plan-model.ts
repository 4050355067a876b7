import type { AcceleratedInstance } from '../../catalog/accelerated-instances.ts';
import { acceleratedInstances, offerOf } from '../../catalog/accelerated-instances.ts';
import { acceleratorOf } from '../../catalog/accelerators.ts';
import { instancePrices } from '../../catalog/instances.ts';
import type { Diagnostic, Result } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import { bestOption, inOrder } from './option.ts';
import type { Excluded, ModelPlan, PlanInput, PlanOption, PlanRequest } from './plan-types.ts';
import type { KnownModel } from './plan-request.ts';
import { findModel, readRequest } from './plan-request.ts';
import { cannotStore, storageOf } from './quantization.ts';
import { modelSums } from './show-sums.ts';
import { activeCount, parameterCount } from './tensors.ts';

const considered = (input: PlanInput): readonly AcceleratedInstance[] => acceleratedInstances.filter(({ type }) => input.instances === undefined || input.instances.includes(type));

/** An option of one type, or why it is none. */
const optionOf = (input: PlanInput, { architecture: model }: KnownModel, request: PlanRequest, instance: AcceleratedInstance): PlanOption | Excluded => {
  const { type } = instance;
  const offer = offerOf(request.region, type);
  if (!offer) return { type, because: `not offered in ${request.region}` };
  const accelerator = acceleratorOf(instance.accelerator, instance.acceleratorMib);
  if (!accelerator) return { type, because: `no facts of ${instance.accelerator} in catalog/accelerators.ts` };
  const storage = storageOf(request.quantization, model);
  const cannot = cannotStore(accelerator, storage);
  if (cannot !== undefined) return { type, because: cannot };
  return bestOption({ input, model, storage, request, instance, accelerator, offer }) ?? { type, because: 'weights, working memory and one sequence exceed its memory in every layout' };
};

const isOption = (one: PlanOption | Excluded): one is PlanOption => 'layout' in one;

/** The reasons of types that are left out, the most frequent first. */
const reasons = (excluded: readonly Excluded[]): string =>
  [...Map.groupBy(excluded, ({ because }) => because)].toSorted(([, a], [, b]) => b.length - a.length).slice(0, 3).map(([because, types]) => `${types.length === 1 ? (types[0]?.type ?? '') : `${types.length} types`}: ${because}`).join('; ');

const noticesOf = (input: PlanInput, request: PlanRequest, options: readonly PlanOption[], excluded: readonly Excluded[]): readonly Diagnostic[] => {
  if (options.length === 0) return [problem('model/no-layout', input.at('model'), `"${input.model}" with ${request.context} tokens fits on no instance type of ${request.region} (${reasons(excluded)}).`, 'Quantize it, shorten the context, or ask for another region or type.')];
  const slow = options.every(({ goal }) => goal === 'missed') ? [problem('model/too-slow', input.at(input.tpotMs === undefined ? 'ttft' : 'tpot'), 'No option reaches the asked latency, even in its optimistic bound.', 'Quantize, shorten the prompt, lower the concurrency, or relax the goal.')] : [];
  const unpriced = options.filter(({ price }) => price.usdPerHour === undefined).map(({ instance }) => instance.type);
  if (unpriced.length === 0) return slow;
  const few = unpriced.slice(0, 3).join(', ');
  return [...slow, problem('model/no-price', input.at('region'), `No on-demand price is known of ${few}${unpriced.length > 3 ? ` and ${unpriced.length - 3} more` : ''} in ${request.region}.`, `Give them in the file of --config, as "prices: {${unpriced[0] ?? ''}: 1.23}" in USD an hour; the catalogue has those of ${instancePrices.region}.`)];
};

const notesOf = ({ quantization }: PlanRequest, { architecture }: KnownModel): readonly string[] => [
  'Speeds are bounds from what hardware states and engines reach; the likely half held nine of ten published runs. Measure before you promise.',
  'Speeds of Trainium and Inferentia rest on assumptions: no published run was there to compare them with.',
  'Prefix caching, speculative decoding, expert parallelism and LoRA are not counted.',
  ...(quantization === 'fp8' ? ['A10G and A100 multiply no FP8: weights are unpacked to 16 bits, which some versions of engines refuse.'] : []),
  ...(quantization !== 'none' && architecture.published === undefined ? [`Needs a checkpoint in ${quantization}${quantization === 'fp8' ? ', or quantization by the engine while it loads' : ''}.`] : []),
];

/**
 * Where and how a model can be served on EC2: what it needs, step by step, and for each instance type of the region the best layout with bounds of
 * speed, price, quota and cold start. What is not known is a finding or a reason to leave a type out, never a guess. Errors: `model/unknown-model`,
 * `model/missing-field`, `model/wrong-field`, `model/unknown-architecture`, `model/wrong-request`, `model/unknown-region`, `model/unknown-instance`,
 * `model/no-layout`; beside a plan `model/too-slow` and `model/no-price`. Pure.
 */
export const planModel = (input: PlanInput): Result<ModelPlan> => {
  const { value: model, diagnostics } = findModel(input);
  if (!model) return { diagnostics };
  const { value: request, diagnostics: wrong } = readRequest(input, model.architecture);
  if (!request) return { diagnostics: wrong };
  const found = considered(input).map((instance) => optionOf(input, model, request, instance));
  const options = inOrder(found.filter(isOption));
  const excluded = found.filter((one): one is Excluded => !isOption(one));
  const notices = noticesOf(input, request, options, excluded);
  if (options.length === 0) return { diagnostics: notices };
  const { architecture } = model;
  return {
    value: {
      model: { id: model.id, source: model.source, parameters: parameterCount(architecture), active: activeCount(architecture) },
      request, options, excluded,
      arithmetic: modelSums(architecture, storageOf(request.quantization, architecture), request),
      pricesFrom: `${instancePrices.source}; list price of ${instancePrices.region}, ${instancePrices.asOf}. Spot: saving of the Spot Instance Advisor in ${request.region}, 2025-06-28.`, notes: notesOf(request, model),
    },
    diagnostics: notices,
  };
};
