import { z } from 'zod';
import { resolve } from '../../compile/compile.ts';
import { serviceControlReport } from '../../verify/service-control.ts';
import type { ServiceControlReport } from '../../verify/service-control.ts';
import { defineCommand } from '../command.ts';
import { readRepository } from '../read-repository.ts';

const unitLines = ({ unit, groups, requests }: ServiceControlReport['units'][number]): readonly string[] => [
  `${unit}: ${groups.length === 0 ? 'no guardrails' : groups.join(', ')}`,
  ...requests.map(({ request, action, deniedBy }) => `  ${deniedBy.length === 0 ? 'passes' : 'denied'}  ${action.padEnd(34)}${request}${deniedBy.length === 0 ? '' : `  (${deniedBy.join(', ')})`}`),
];

/** `argoeks org report`: what each service control policy would deny, before it is attached. */
export const orgReport = defineCommand({
  name: 'org report',
  summary: 'Shows, unit by unit, what the service control policies would deny: computed, nothing is asked of AWS.',
  args: z.object({ unit: z.string().optional().meta({ description: 'Unit to show, such as workloads/sandbox; all when absent.' }) }),
  examples: ['argoeks org report', 'argoeks org report --unit workloads/sandbox'],
  async run({ unit: asked }, { directory }) {
    const input = await readRepository(directory);
    const { value, diagnostics } = resolve(input);
    if (!value) return { diagnostics, sources: input.files };
    const { platform } = value.plan;
    if (platform.organization === undefined) return { value: { units: [], managed: false } };
    const { units } = serviceControlReport(platform, platform.organization);
    const shown = asked === undefined ? units : units.filter(({ unit }) => unit === asked);
    if (shown.length === 0) return { diagnostics: [{ code: 'config/unknown-key', severity: 'error', at: platform.organization.at, summary: `There is no unit "${asked ?? ''}".`, fix: `Name one of: ${units.map(({ unit }) => unit).join(', ')}.` }], sources: input.files };
    return { value: { units: shown, managed: true } };
  },
  human({ units, managed }) {
    return managed ? units.flatMap((unit) => [...unitLines(unit), '']).join('\n').trimEnd() : 'The organization is not managed here: org.enabled is false.';
  },
});
