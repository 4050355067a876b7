import { z } from 'zod';
import { mustBeRendered } from '../../ops/run-root.ts';
import { rootsOf } from '../../ops/roots.ts';
import { terraformRoot } from '../../ops/site.ts';
import { defineCommand } from '../command.ts';
import { withEnvironment } from '../environment.ts';
import { selectionOptions } from '../environment-options.ts';

export const envInit = defineCommand({
  name: 'env init',
  summary: 'Runs terraform init in every root of an environment.',
  args: z.object(selectionOptions),
  run: (selection, context) =>
    withEnvironment<{ readonly roots: readonly string[] }>(selection, context, async (site) => {
      const roots = rootsOf(site.environment);
      for (const root of context.dryRun ? [] : roots) {
        await mustBeRendered(site, root);
        context.progress(`terraform init: ${root.label}`);
        await site.terraform.init(terraformRoot(site, root));
      }
      return { value: { roots: roots.map((r) => r.id) } };
    }),
  human: ({ roots }, { dryRun }) => (dryRun ? [...roots.map((r) => `terraform -chdir=${r} init`), 'Nothing was run (--dry-run).'].join('\n') : `${roots.length} roots are ready.`),
});
