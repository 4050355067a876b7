import { deepseekModels } from './deepseek.ts';
import { gemmaModels } from './gemma.ts';
import { gptOssModels } from './gpt-oss.ts';
import { llamaModels } from './llama.ts';
import { mistralModels } from './mistral.ts';
import type { ModelFacts } from './model-facts.ts';
import { optModels } from './opt.ts';
import { phiModels } from './phi.ts';
import { qwen25Models } from './qwen2-5.ts';
import { qwen3Models } from './qwen3.ts';

/** Open models whose config.json could be read. A model that is not here is planned from its own config.json. */
export const models: readonly ModelFacts[] = [...llamaModels, ...qwen25Models, ...qwen3Models, ...mistralModels, ...gemmaModels, ...phiModels, ...deepseekModels, ...gptOssModels, ...optModels];
