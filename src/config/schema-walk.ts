import { z } from 'zod';
import type { Step } from './yaml-place.ts';

/** What schema nodes of the configuration say about themselves. */
export interface NodeMeta {
  readonly description?: string;
  readonly unit?: string;
  /** False when the output of this key, and of everything below it, comes with a later part of the platform. */
  readonly acting?: boolean;
  /** Default of each tier, where they differ. */
  readonly byTier?: Readonly<Record<string, unknown>>;
}

const innerOf = (schema: z.ZodType): z.ZodType | undefined =>
  schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodReadonly
    ? (schema.def.innerType as z.ZodType)
    : undefined;

/** The schema behind defaults and optionality. Pure. */
export const unwrap = (schema: z.ZodType): z.ZodType => {
  const inner = innerOf(schema);
  return inner ? unwrap(inner) : schema;
};

/** Metadata of a node, gathered through its wrappers; the outermost wins. Pure. */
export const metaOf = (schema: z.ZodType): NodeMeta => {
  const inner = innerOf(schema);
  return { ...(inner ? metaOf(inner) : {}), ...(schema.meta() as NodeMeta | undefined) };
};

/** Schema of one key or item, or undefined where the schema knows none. Pure. */
export const childOf = (schema: z.ZodType, step: Step): z.ZodType | undefined => {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodObject) return Object.hasOwn(bare.shape, step) ? (bare.shape[step] as z.ZodType) : undefined;
  if (bare instanceof z.ZodRecord) return bare.def.valueType as z.ZodType;
  if (bare instanceof z.ZodArray) return /^\d+$/.test(String(step)) ? (bare.def.element as z.ZodType) : undefined;
  if (bare instanceof z.ZodUnion) return (bare.def.options as readonly z.ZodType[]).map((option) => childOf(option, step)).find((found) => found !== undefined);
  return undefined;
};

/** The keys a mapping of this schema may have; empty where any key, or none, is allowed. Pure. */
export const keysOf = (schema: z.ZodType): readonly string[] => {
  const bare = unwrap(schema);
  return bare instanceof z.ZodObject ? Object.keys(bare.shape) : [];
};

/** Schema at a way into the configuration, or undefined. Pure. */
export const schemaAt = (schema: z.ZodType, path: readonly Step[]): z.ZodType | undefined =>
  path.reduce<z.ZodType | undefined>((node, step) => node && childOf(node, step), schema);

/** False when the node or one above it is marked as not yet acting. Pure. */
export const isActing = (schema: z.ZodType, path: readonly Step[]): boolean => {
  let node: z.ZodType | undefined = schema;
  for (const step of [undefined, ...path]) {
    if (step !== undefined) node = node && childOf(node, step);
    if (!node) return true;
    if (metaOf(node).acting === false) return false;
  }
  return true;
};

/** Value at a way into plain data, or undefined. Pure. */
export const valueAt = (data: unknown, path: readonly Step[]): unknown =>
  path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null && Object.hasOwn(value, step) ? (value as Readonly<Record<Step, unknown>>)[step] : undefined), data);
