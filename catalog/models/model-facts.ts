/** Fields of a model's config.json by their own names; what the planner reads of them is in `src/planner/model-config.ts`. */
export type ConfigJson = Readonly<Record<string, unknown>>;

/** A published open model, as its config.json describes it. */
export interface ModelFacts {
  /** Repository on the Hugging Face Hub. */
  readonly id: string;
  /** Repositories whose config.json has the same fields, such as the instruction-tuned one. */
  readonly same?: readonly string[];
  readonly config: ConfigJson;
  /** Parameters as the publisher or a paper states them, in billions, where that was read; the exact count is computed. */
  readonly statedBillions?: { readonly total: number; readonly active?: number; readonly source: string };
  /** Where config.json was read, with its revision. */
  readonly source: string;
  readonly read: string;
}

/** Copies of config.json files as they are published. */
export const aiconfigurator = 'ai-dynamo/aiconfigurator aic-core/src/aiconfigurator_core/model_configs @095f58a';
export const mlcPresets = 'mlc-ai/mlc-llm python/mlc_llm/model/model_preset.py @79d603f';
export const readOn = '2026-11-25';
