import type { AcceleratedInstance } from '../../catalog/accelerated-instances.ts';
import type { VcpuQuota } from '../../catalog/accelerator-quotas.ts';
import type { Span } from '../diag/diagnostic.ts';
import type { Range } from '../units/range.ts';
import type { KvType } from './kv-cache.ts';
import type { Layout } from './layout.ts';
import type { RankMemory } from './memory.ts';
import type { PlaceOf } from './model-config.ts';
import type { Quantization } from './quantization.ts';

/** What a plan is asked for. Everything but the model has a default. */
export interface PlanInput {
  /** Repository on the Hugging Face Hub, or any name when `config` is given. */
  readonly model: string;
  /** The model's own config.json, for one that is not in the catalogue. */
  readonly config?: unknown;
  /** Where fields of `config` are written. */
  readonly configAt?: PlaceOf;
  /** Where the request is written, by field (`context`, `region`…). */
  at(field: string): Span;
  /** Tokens of a sequence, prompt and answer. */
  readonly context?: number;
  /** Tokens of an answer. */
  readonly answer?: number;
  /** Requests at once. */
  readonly concurrency?: number;
  /** Requests that arrive in a second. */
  readonly qps?: number;
  readonly ttftMs?: number;
  readonly tpotMs?: number;
  readonly quantization?: string;
  readonly kvType?: KvType;
  readonly region?: string;
  /** Only these instance types. */
  readonly instances?: readonly string[];
  /** On-demand and spot prices in USD an hour by instance type, where the catalogue has none. */
  readonly prices?: Readonly<Record<string, number>>;
  readonly spotPrices?: Readonly<Record<string, number>>;
  /** Share of accelerator memory the engine may use. */
  readonly utilization?: number;
}

/** The request with its defaults. */
export interface PlanRequest {
  readonly context: number;
  readonly prompt: number;
  readonly answer: number;
  readonly concurrency?: number;
  readonly qps?: number;
  readonly ttftMs?: number;
  readonly tpotMs?: number;
  readonly quantization: Quantization;
  readonly kvType: KvType;
  readonly region: string;
  readonly utilization: number;
}

/** A bounded value and the half of its bounds in which nine of ten published runs lay. */
export interface Estimate {
  readonly bounds: Range;
  readonly likely: Range;
}

/** How an option stands to the asked latencies: within the bounds, within the likely half, partly, or not at all. */
export type Goal = 'met' | 'likely' | 'unsure' | 'missed';

/** One stage of a cold start, in seconds. */
export interface Stage {
  readonly stage: 'node' | 'image' | 'weights' | 'engine';
  readonly seconds: Range;
  readonly because: string;
  readonly shorter: string;
}

/** USD of an instance (or of a group of nodes that holds one copy). */
export interface OptionPrice {
  readonly usdPerHour?: number;
  readonly spotUsdPerHour?: number;
  /** USD for a million tokens of answers at full load, in the likely half. */
  readonly perMillion?: Range;
  readonly spotPerMillion?: Range;
}

/** One instance type with the layout that suits the request best. */
export interface PlanOption {
  readonly instance: AcceleratedInstance;
  readonly layout: Layout;
  readonly layoutText: string;
  /** Copies of the model on one instance (or group of nodes). */
  readonly copies: number;
  readonly memory: RankMemory;
  /** Requests at once in each copy that the speeds are given for, and the most that fit for sure. */
  readonly perCopy: number;
  readonly mostPerCopy: number;
  readonly ttftMs: Estimate;
  readonly tpotMs: Estimate;
  /** Tokens of answers a second of the whole instance: with `perCopy` requests, and at full load. */
  readonly tokensPerS: Estimate;
  readonly fullLoadTokensPerS: Estimate;
  readonly goal: Goal;
  /** Instances (or groups) that the asked concurrency and rate need. */
  readonly needed: Range;
  readonly price: OptionPrice;
  readonly quota?: { readonly onDemand: VcpuQuota; readonly spot: VcpuQuota; readonly vcpus: number };
  readonly interruption?: string;
  readonly hasCapacityBlocks: boolean;
  readonly coldStart: readonly Stage[];
}

/** A type that is not an option, and why. */
export interface Excluded {
  readonly type: string;
  readonly because: string;
}

/** A line of arithmetic: what, how, and the result in bytes or as text. */
export interface Sum {
  readonly what: string;
  readonly how: string;
  readonly result: string;
}

/** Where and how a model can be served. */
export interface ModelPlan {
  readonly model: { readonly id: string; readonly source: string; readonly parameters: number; readonly active: number };
  readonly request: PlanRequest;
  readonly arithmetic: readonly Sum[];
  /** Goals that are met, or likely to be, first; then by what the asked load costs an hour. */
  readonly options: readonly PlanOption[];
  readonly excluded: readonly Excluded[];
  readonly pricesFrom: string;
  readonly notes: readonly string[];
}
