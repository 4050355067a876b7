/** Log group of the connections of a cluster's VPC. */
export const flowLogGroup = (cluster: string): string => `/aws/vpc/flow-logs/${cluster}`;

/** Log group of a web ACL: AWS takes only names that begin like this. */
export const webAclLogGroup = (webAcl: string): string => `aws-waf-logs-${webAcl}`;

/** Log group of the access logs of an API. */
export const apiLogGroup = (api: string): string => `/aws/api-gateway/${api}`;

/** Parameter Store prefix of what joins clusters. */
export const networkPath = (platform: string, environment: string): string => `/${platform}/${environment}/network`;

/** Parameter Store prefix of what the edge hands to controllers. */
export const edgePath = (platform: string, environment: string): string => `/${platform}/${environment}/edge`;
