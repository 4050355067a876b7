import { z } from 'zod';
import { retentionDays } from './retention-days.ts';

const Name = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, { error: 'must begin with a letter and hold at most 32 of a-z, 0-9 and -' });
const Target = z.string().regex(/^https:\/\/[^\s?#]+$/, { error: 'is not an https:// address' });
const throttles = {
  burst: z.int().min(0).max(5000).default(500).meta({ description: 'Requests at once, before others are refused.', unit: 'requests' }),
  rate: z.int().min(1).max(10_000).default(1000).meta({ description: 'Steady requests, before others are refused.', unit: 'requests/s' }),
};

/** API gateways before services that have a public address. */
export const apiGatewaySettings = () =>
  z.strictObject({
    enabled: z.boolean().default(false).meta({ description: 'Creates the gateways below; the same as `features.serving.apigw`.' }),
    http: z.array(z.strictObject({
      name: Name.meta({ description: 'Name of the API: `<env>-<name>`.' }),
      routes: z.array(z.strictObject({
        route: z.string().regex(/^((ANY|GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \/[^\s]*|\$default)$/, { error: 'is not a route such as "GET /models" or "$default"' }).meta({ description: 'Method and path.' }),
        target: Target.meta({ description: 'Where requests go.' }),
      })).min(1).refine((all) => new Set(all.map(({ route }) => route)).size === all.length, { error: 'has a route twice' }).meta({ description: 'Routes of the API.' }),
      jwt: z.strictObject({
        issuer: Target.meta({ description: 'Issuer of the tokens.' }),
        audience: z.array(z.string().min(1)).min(1).meta({ description: 'Audiences that are accepted.' }),
      }).optional().meta({ description: 'Callers must show a token of this issuer; without it callers sign with IAM.' }),
      ...throttles,
    })).refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: 'has two APIs of one name' }).default([]).meta({ description: 'HTTP APIs.' }),
    rest: z.array(z.strictObject({
      name: Name.meta({ description: 'Name of the API: `<env>-<name>`.' }),
      openapi: z.string().regex(/^[\w][\w./-]*\.(json|ya?ml)$/, { error: 'is not the path of an OpenAPI document in the repository' }).meta({ description: 'OpenAPI document, relative to the repository: the paths, who may call each, and its x-amazon-apigateway-integration.' }),
      ...throttles,
    })).refine((all) => new Set(all.map(({ name }) => name)).size === all.length, { error: 'has two APIs of one name' }).default([]).meta({ description: 'REST APIs, behind the web ACL where there is one.' }),
    log_retention_days: z.literal([...retentionDays]).default(400).meta({ description: 'How long access logs are kept; one of the retentions CloudWatch Logs knows.', unit: 'days' }),
  }).prefault({}).meta({ description: 'API gateways.' });
