/** The person in front of the program, if there is one. */
export interface Terminal {
  /** Someone can answer a question. */
  readonly isInteractive: boolean;
  /** Lines can be redrawn: standard error is a terminal and NO_COLOR or CI do not say otherwise. */
  readonly isLive: boolean;
  /** Width in characters. */
  readonly columns: number;
  /** Standard output: results. */
  print(text: string): void;
  /** Standard error: progress and questions, so that results can be piped. */
  say(text: string): void;
  /** One line of answer, without its end; empty when standard input ended. */
  ask(question: string): Promise<string>;
  /** Aborts at the first Ctrl-C or SIGTERM. A second one ends the program at once. */
  readonly signal: AbortSignal;
}
