// Written by `npm run gen` from the files of this folder; do not edit.
import type { Component } from '../model/component.ts';
import { admissionPolicies } from './admission-policies.ts';
import { argocd } from './argocd.ts';
import { argocdIngress } from './argocd-ingress.ts';
import { argocdSecrets } from './argocd-secrets.ts';
import { awsLoadBalancerController } from './aws-load-balancer-controller.ts';
import { certManager } from './cert-manager.ts';
import { cilium } from './cilium.ts';
import { cloudwatchObservability } from './cloudwatch-observability.ts';
import { clusterRegistration } from './cluster-registration.ts';
import { clustermesh } from './clustermesh.ts';
import { coredns } from './coredns.ts';
import { ebsCsi } from './ebs-csi.ts';
import { externalDns } from './external-dns.ts';
import { externalSecrets } from './external-secrets.ts';
import { flux } from './flux.ts';
import { fluxNotifications } from './flux-notifications.ts';
import { fluxWebhooks } from './flux-webhooks.ts';
import { gatekeeper } from './gatekeeper.ts';
import { gatewayApi } from './gateway-api.ts';
import { guarddutyRuntime } from './guardduty-runtime.ts';
import { hyperpodObservability } from './hyperpod-observability.ts';
import { hyperpodTaskgovernance } from './hyperpod-taskgovernance.ts';
import { hyperpodTrainingOperator } from './hyperpod-training-operator.ts';
import { ingressNginx } from './ingress-nginx.ts';
import { karpenter } from './karpenter.ts';
import { keda } from './keda.ts';
import { kubePrometheusStack } from './kube-prometheus-stack.ts';
import { loki } from './loki.ts';
import { metricsServer } from './metrics-server.ts';
import { networkFlowMonitor } from './network-flow-monitor.ts';
import { nodeMonitoringAgent } from './node-monitoring-agent.ts';
import { nvidiaDevicePlugin } from './nvidia-device-plugin.ts';
import { oauth2Proxy } from './oauth2-proxy.ts';
import { opencost } from './opencost.ts';
import { opentelemetryCollector } from './opentelemetry-collector.ts';
import { podIdentityAgent } from './pod-identity-agent.ts';
import { prometheusCrds } from './prometheus-crds.ts';
import { rbac } from './rbac.ts';
import { sagemakerSpaces } from './sagemaker-spaces.ts';
import { secretsStoreProvider } from './secrets-store-provider.ts';
import { tenants } from './tenants.ts';
import { thanos } from './thanos.ts';
import { velero } from './velero.ts';

/** Every add-on there is, by id. */
export const components: readonly Component[] = [
  admissionPolicies,
  argocd,
  argocdIngress,
  argocdSecrets,
  awsLoadBalancerController,
  certManager,
  cilium,
  cloudwatchObservability,
  clusterRegistration,
  clustermesh,
  coredns,
  ebsCsi,
  externalDns,
  externalSecrets,
  flux,
  fluxNotifications,
  fluxWebhooks,
  gatekeeper,
  gatewayApi,
  guarddutyRuntime,
  hyperpodObservability,
  hyperpodTaskgovernance,
  hyperpodTrainingOperator,
  ingressNginx,
  karpenter,
  keda,
  kubePrometheusStack,
  loki,
  metricsServer,
  networkFlowMonitor,
  nodeMonitoringAgent,
  nvidiaDevicePlugin,
  oauth2Proxy,
  opencost,
  opentelemetryCollector,
  podIdentityAgent,
  prometheusCrds,
  rbac,
  sagemakerSpaces,
  secretsStoreProvider,
  tenants,
  thanos,
  velero,
];
