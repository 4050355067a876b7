import type { Diagnostic, Span } from '../../diag/diagnostic.ts';
import type { Context } from '../command.ts';

/** What came of asking: agreed, declined without drama, or nobody there to ask. */
export type Consent = { readonly agreed: true } | { readonly agreed: false; readonly diagnostics: readonly Diagnostic[] };

export interface Question {
  readonly environment: string;
  /** What would be done, as in "Apply to prod". */
  readonly what: string;
  /** The environment's name must be typed, a yes is not enough. */
  readonly needsName: boolean;
  /** `--auto-approve`. */
  readonly autoApprove: boolean;
  /** `--confirm <name>`. */
  readonly confirm: string | undefined;
  readonly at: Span;
}

/** Asks before something is changed. `--confirm` with the right name stands for typing it; `--auto-approve` for a yes. */
export const askConsent = async (context: Pick<Context, 'interactive' | 'ask'>, { environment, what, needsName, autoApprove, confirm, at }: Question): Promise<Consent> => {
  if (confirm === environment || (autoApprove && !needsName)) return { agreed: true };
  const flag = needsName ? `--confirm ${environment}` : '--auto-approve';
  if (confirm !== undefined)
    return { agreed: false, diagnostics: [{ code: 'ops/not-confirmed', severity: 'error', at, summary: `--confirm says "${confirm}", but the environment is "${environment}".`, fix: `Say --confirm ${environment}, if you mean it.` }] };
  if (!context.interactive)
    return { agreed: false, diagnostics: [{ code: 'ops/not-confirmed', severity: 'error', at, summary: `${what} must be confirmed, and nobody can be asked here.`, fix: `Run it in a terminal, or add ${flag}.` }] };
  const answer = (await context.ask(needsName ? `${what}? Type the environment's name to go on: ` : `${what}? Type yes to go on: `)).trim();
  return answer === (needsName ? environment : 'yes') ? { agreed: true } : { agreed: false, diagnostics: [] };
};
