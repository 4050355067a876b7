import { z } from 'zod';
import { kvTypes } from '../../planner/kv-cache.ts';
import { planModel } from '../../planner/plan-model.ts';
import type { ModelPlan } from '../../planner/plan-types.ts';
import { defineCommand } from '../command.ts';
import { readModelFile } from '../read-model-file.ts';
import { modelPlanText } from '../views/model-plan-view.ts';

const number = (description: string, unit: string): z.ZodOptional<z.ZodCoercedNumber> => z.coerce.number().optional().meta({ description, unit });

/** `argoeks model plan`: where a model can be served, how fast, and for how much. */
export const modelPlan = defineCommand({
  name: 'model plan',
  summary: 'Sizes an open model on EC2: memory as arithmetic, layouts, bounds of speed, price, quotas and cold start. Asks nothing of AWS.',
  args: z.object({
    model: z.string().meta({ description: 'Repository on the Hugging Face Hub, or its last part.' }),
    context: number('Tokens of a sequence, prompt and answer (8192, or what the model allows).', 'tokens'),
    answer: number('Tokens of an answer (a quarter of the context, at most 512).', 'tokens'),
    concurrency: number('Requests at once.', 'requests'),
    qps: number('Requests that arrive in a second.', 'requests/s'),
    ttft: number('Longest time to the first token, in milliseconds.', 'ms'),
    tpot: number('Longest time for each further token, in milliseconds.', 'ms'),
    quantization: z.string().optional().meta({ description: 'none (bf16), fp8, int8, awq, gptq or mxfp4; as published when absent.' }),
    kv_cache: z.enum(Object.keys(kvTypes) as [keyof typeof kvTypes]).optional().meta({ description: 'Type of the KV cache: auto (16 bits) or fp8.' }),
    utilization: number('Share of accelerator memory the engine may use (0.9).', 'share'),
    region: z.string().optional().meta({ description: 'AWS region (us-east-1).' }),
    instance: z.array(z.string()).optional().meta({ description: 'Only these instance types.' }),
    config: z.string().optional().meta({ description: "File with the model's own config.json, or with config, prices and spot_prices." }),
    all: z.boolean().default(false).meta({ description: 'Shows every size of a family, and why the others are left out.' }),
  }),
  positional: ['model'],
  examples: [
    'argoeks model plan Llama-3.1-8B-Instruct',
    'argoeks model plan Qwen/Qwen2.5-32B-Instruct --quantization awq --context 16384 --concurrency 16 --tpot 50',
    'argoeks model plan my-model --config ./config.json --region eu-west-1 --json',
  ],
  async run({ model, ttft, tpot, kv_cache: kvType, instance: instances, config: file, all, ...asked }, { directory }) {
    const read = file === undefined ? undefined : await readModelFile(directory, file);
    if (read && !read.value) return { diagnostics: read.diagnostics };
    const given = read?.value;
    const sources = new Map(given && file !== undefined ? [[file, given.text]] : []);
    const defined = Object.fromEntries(Object.entries({ ...asked, ttftMs: ttft, tpotMs: tpot, kvType, instances, prices: given?.prices, spotPrices: given?.spotPrices, config: given?.config }).filter(([, value]) => value !== undefined));
    const at = { file: 'command line', line: 1, column: 1 };
    const { value, diagnostics } = planModel({ model, ...defined, at: () => at, ...(given ? { configAt: (path) => given.at(path) } : {}) });
    return { ...(value ? { value: { ...value, all } } : {}), diagnostics, sources };
  },
  human: ({ all, ...plan }: ModelPlan & { readonly all: boolean }) => modelPlanText(plan, all),
});
