import type { Environment, Platform } from '../../config/platform.ts';
import type { DataRootProps } from '../../stacks/data-root.ts';
import { environmentAws } from './names.ts';

/** Decides everything of an environment's data stores in the VPCs of its clusters. Pure. */
export const dataProps = (platform: Platform, environment: Environment): DataRootProps => ({ aws: environmentAws(platform, environment) });
