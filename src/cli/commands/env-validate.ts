import { z } from 'zod';
import type { Diagnostic } from '../../diag/diagnostic.ts';
import { mustBeRendered } from '../../ops/run-root.ts';
import { rootsOf } from '../../ops/roots.ts';
import { terraformRoot } from '../../ops/site.ts';
import { terraformFindings } from '../../ops/terraform-findings.ts';
import { TerraformError } from '../../ports/terraform.ts';
import { defineCommand } from '../command.ts';
import { withEnvironment } from '../environment.ts';
import { selectionOptions } from '../environment-options.ts';

export const envValidate = defineCommand({
  name: 'env validate',
  summary: 'Runs terraform validate in every root of an environment.',
  args: z.object(selectionOptions),
  run: (selection, context) =>
    withEnvironment<{ readonly roots: number }>(selection, context, async (site) => {
      const roots = rootsOf(site.environment);
      if (context.dryRun) return { value: { roots: roots.length } };
      const diagnostics: Diagnostic[] = [];
      for (const root of roots) {
        await mustBeRendered(site, root);
        const problems = await site.terraform.validate(terraformRoot(site, root));
        if (problems.length > 0) diagnostics.push(...terraformFindings(new TerraformError(root.id, 'validate', problems), root.at));
      }
      return diagnostics.some((d) => d.severity === 'error') ? { diagnostics } : { value: { roots: roots.length }, diagnostics };
    }),
  human: ({ roots }, { dryRun }) => (dryRun ? `terraform validate would run in ${roots} roots.` : `${roots} roots are valid.`),
});
