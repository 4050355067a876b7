import { argocdSettings, type ArgocdSettings } from '../../config/argocd-settings.ts';
import type { Cluster, Environment } from '../../config/platform.ts';

/** What Argo CD of a hub is told, for those that add to it or check it. Pure. */
export const argocdSettingsOf = ({ components }: Pick<Cluster, 'components'>): ArgocdSettings => argocdSettings.parse(components['argocd'] ?? {});

/** Name that people reach Argo CD by. Pure. */
export const argocdHost = ({ domain }: Pick<Environment, 'domain'>, { host }: Pick<ArgocdSettings, 'host'>): string => host ?? `argocd.${domain}`;
