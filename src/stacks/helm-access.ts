import type { DataAwsEksCluster } from '#bindings/aws/data-aws-eks-cluster.js';
import { HelmProvider } from '#bindings/helm/provider.js';
import { Fn } from 'cdktn';
import type { Construct } from 'constructs';

/** Helm provider that gets a fresh token for each command, so that long applies do not outlive it. Belongs to `versions.tf`. */
export const helmAccess = (scope: Construct, cluster: DataAwsEksCluster, clusterName: string, region: string): HelmProvider =>
  new HelmProvider(scope, 'provider.helm', {
    kubernetes: {
      host: cluster.endpoint,
      clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority.get(0).data),
      exec: { apiVersion: 'client.authentication.k8s.io/v1', command: 'aws', args: ['eks', 'get-token', '--cluster-name', clusterName, '--region', region, '--output', 'json'] },
    },
  });
