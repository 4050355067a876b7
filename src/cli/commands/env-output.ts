import { z } from 'zod';
import { rootsOf } from '../../ops/roots.ts';
import { terraformRoot } from '../../ops/site.ts';
import { defineCommand } from '../command.ts';
import { withEnvironment } from '../environment.ts';
import { filterOf, selectionOptions } from '../environment-options.ts';

type Outputs = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Stands for a value that Terraform marks as sensitive; it is never printed. */
const hidden = '(sensitive)';

export const envOutput = defineCommand({
  name: 'env output',
  summary: 'Prints the Terraform outputs of an environment, sensitive ones hidden.',
  args: z.object({ ...selectionOptions, region: z.string().optional().meta({ description: 'Only clusters of this region.' }) }),
  run: ({ region, ...selection }, context) =>
    withEnvironment<Outputs>(selection, context, async (site) => {
      const found: Record<string, Record<string, unknown>> = {};
      for (const root of rootsOf(site.environment, filterOf(region))) {
        const at = terraformRoot(site, root);
        await site.terraform.init(at);
        const outputs = await site.terraform.output(at);
        found[root.id] = Object.fromEntries(Object.entries(outputs).map(([name, { value, sensitive }]) => [name, sensitive ? hidden : value]));
      }
      return { value: found };
    }),
  human: (outputs) =>
    Object.entries(outputs)
      .map(([root, values]) => {
        const lines = Object.entries(values).map(([name, value]) => `  ${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`);
        return `${root}\n${lines.join('\n') || '  (nothing applied yet)'}`;
      })
      .join('\n'),
});
