// Written by `npm run gen` from the files of this folder; do not edit.
import type { Component } from '../model/component.ts';
import { argocd } from './argocd.ts';
import { awsLoadBalancerController } from './aws-load-balancer-controller.ts';
import { certManager } from './cert-manager.ts';
import { cilium } from './cilium.ts';
import { clusterRegistration } from './cluster-registration.ts';
import { coredns } from './coredns.ts';
import { ebsCsi } from './ebs-csi.ts';
import { externalDns } from './external-dns.ts';
import { externalSecrets } from './external-secrets.ts';
import { karpenter } from './karpenter.ts';
import { kubePrometheusStack } from './kube-prometheus-stack.ts';
import { metricsServer } from './metrics-server.ts';
import { nvidiaDevicePlugin } from './nvidia-device-plugin.ts';
import { prometheusCrds } from './prometheus-crds.ts';

/** Every add-on there is, by id. */
export const components: readonly Component[] = [
  argocd,
  awsLoadBalancerController,
  certManager,
  cilium,
  clusterRegistration,
  coredns,
  ebsCsi,
  externalDns,
  externalSecrets,
  karpenter,
  kubePrometheusStack,
  metricsServer,
  nvidiaDevicePlugin,
  prometheusCrds,
];
