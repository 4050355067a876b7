/** A published measurement of tokens a second, as it was run. */
export interface ThroughputRow {
  /** Model of the catalogue with the same shape. */
  readonly model: string;
  /** EC2's name of the accelerator, with its memory where there are two. */
  readonly accelerator: string;
  readonly memoryMib: number;
  readonly tensor: number;
  readonly quantization: 'none' | 'fp8' | 'awq' | 'gptq';
  readonly kvType: 'auto' | 'fp8';
  readonly prompt: number;
  readonly answer: number;
  /** Requests at once; absent where the engine was kept full. */
  readonly concurrency?: number;
  /** Share of memory and sequences the engine was allowed, where it was kept full. */
  readonly limits?: { readonly utilization: number; readonly sequences: number };
  /** Tokens of answers in a second, of all requests. */
  readonly tokensPerS: number;
  readonly source: string;
}
