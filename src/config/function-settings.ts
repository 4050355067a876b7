import { z } from 'zod';
import type { Environment } from './platform.ts';

/** Runtimes that new functions may use. Source: aws-sdk-go-v2 service/lambda/types/enums.go, `Runtime`, without what Lambda deprecated before 2026. */
const runtimes = [
  'python3.10', 'python3.11', 'python3.12', 'python3.13', 'python3.14', 'nodejs20.x', 'nodejs22.x', 'nodejs24.x', 'java11', 'java17', 'java21', 'java25', 'dotnet8', 'dotnet10', 'ruby3.2', 'ruby3.3', 'ruby3.4', 'ruby4.0', 'provided.al2', 'provided.al2023',
] as const;

const route = z.string().regex(/^(\$default|(ANY|GET|HEAD|OPTIONS|PATCH|POST|PUT|DELETE) \/\S*)$/, { error: 'is not a route such as "GET /items/{id}" or "$default"' });

const isUnique = (values: readonly string[]): boolean => new Set(values).size === values.length;

/** Schema of `envs.<env>.functions`. */
export const functionsSettings = () =>
  z.array(z.strictObject({
    name: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, { error: 'is not a function name (letters, digits, - and _, at most 64)' }).meta({ description: 'Name of the function in AWS; no two of an account and region may be alike.' }),
    package: z.string().regex(/^(?!\/)(?!.*(^|\/)\.\.(\/|$)).+$/, { error: 'is not a path inside the repository' }).optional().meta({ description: 'Folder with the code, or a zip archive that is made elsewhere; `build/functions/<name>` when absent.' }),
    runtime: z.enum(runtimes).default('python3.12').meta({ description: 'Lambda runtime.' }),
    handler: z.string().min(1).max(128).default('handler.handler').meta({ description: 'Entry point.' }),
    memory: z.int().min(128).max(10240).default(256).meta({ description: 'Memory.', unit: 'MB' }),
    timeout: z.int().min(1).max(900).default(10).meta({ description: 'Longest run.', unit: 's' }),
    architectures: z.array(z.enum(['x86_64', 'arm64'])).length(1).default(['x86_64']).meta({ description: 'Processor family.' }),
    env: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]+$/, { error: 'is not a variable name that Lambda takes' }), z.string()).default({}).meta({ description: 'Environment variables; no secrets.' }),
    http_api: z.strictObject({
      enabled: z.boolean().default(false).meta({ description: 'Puts an HTTP API in front.' }),
      routes: z.array(route).min(1).refine(isUnique, { error: 'names a route twice' }).default(['GET /']).meta({ description: 'Routes of the HTTP API.' }),
      authorization: z.enum(['AWS_IAM', 'NONE']).default('AWS_IAM').meta({ description: 'Who may call: identities whose policy allows `execute-api:Invoke`, with signed requests, or with "NONE" everybody on the internet.' }),
    }).prefault({}).meta({ description: 'HTTP API.' }),
  })).refine((list) => isUnique(list.map(({ name }) => name)), { error: 'names a function twice' }).default([]).meta({ description: 'Lambda functions, in the first region of the environment.' });

/** One function of an environment, decided. */
export type FunctionSettings = z.infer<ReturnType<typeof functionsSettings>>[number];

/** Where the product keeps the function that passes alerts on to PagerDuty, relative to itself. */
export const pagerPackage = 'build/functions/pagerduty';

/** The function that passes alerts on to PagerDuty, where that is asked for. It is ours and stays when `features.serverless.lambda` is off. Pure. */
export const pagerFunction = ({ settings: { alerts: { pagerduty }, cluster_name_prefix: prefix } }: Environment): FunctionSettings | undefined =>
  (pagerduty.service_key_ssm === undefined ? undefined : {
    name: `${prefix}-pagerduty`, package: pagerPackage, runtime: 'nodejs22.x', handler: 'index.handler', memory: 256, timeout: 30, architectures: ['arm64'],
    env: { PAGERDUTY_HOST: { us: 'events.pagerduty.com', eu: 'events.eu.pagerduty.com' }[pagerduty.service_region], SERVICE_KEY_PARAMETER: pagerduty.service_key_ssm },
    http_api: { enabled: false, routes: ['GET /'], authorization: 'AWS_IAM' },
  });

/** The functions an environment really has. Pure. */
export const enabledFunctions = (environment: Environment): readonly FunctionSettings[] => {
  const { features, functions } = environment.settings;
  const pager = pagerFunction(environment);
  return [...(features.serverless.lambda === false ? [] : functions), ...(pager ? [pager] : [])];
};

/** Where the code of a function stands, relative to the repository; of the product's own, relative to the product. Pure. */
export const functionSource = ({ name, package: said }: FunctionSettings): string => said ?? `build/functions/${name}`;

/** Archive that Terraform uploads, relative to the repository. Two environments may pack different code under one name. Pure. */
export const functionArchive = ({ name: environment }: Pick<Environment, 'name'>, { name }: Pick<FunctionSettings, 'name'>): string => `build/functions/dist/${environment}/${name}.zip`;
