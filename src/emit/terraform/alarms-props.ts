import type { Environment, Platform } from '../../config/platform.ts';
import type { AlarmsRootProps } from '../../stacks/alarms-root.ts';
import { environmentAws } from './names.ts';

/** Decides everything of an environment's alarms on load balancers that its applications made. Pure. */
export const alarmsProps = (platform: Platform, environment: Environment): AlarmsRootProps => ({ aws: environmentAws(platform, environment) });
