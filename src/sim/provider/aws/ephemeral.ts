import { randomInt } from 'node:crypto';
import type { EphemeralModel } from '../engine/model.ts';
import { text } from '../values.ts';
import { between } from './rules.ts';

const S = 'hashicorp/terraform-provider-aws internal/service/';

const kinds = [['exclude_lowercase', 'abcdefghijklmnopqrstuvwxyz'], ['exclude_uppercase', 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'], ['exclude_numbers', '0123456789'], ['exclude_punctuation', String.raw`!"#$%&'()*+,-./:;<=>?@[\]^_{|}~`.concat('`')]] as const;

const randomPassword: EphemeralModel = {
  source: `${S}secretsmanager/random_password_ephemeral.go; Secrets Manager API reference, GetRandomPassword (length, characters)`,
  validate: (config) => {
    const wrong = between(1, 4096)(config['password_length'] ?? null);
    return wrong === undefined ? [] : [{ severity: 'error', summary: `password_length: ${wrong}`, detail: '', path: ['password_length'] }];
  },
  open: (config) => {
    const excluded = text(config['exclude_characters']) ?? '';
    const letters = [...kinds.filter(([exclude]) => config[exclude] !== true).map(([, all]) => all).join('')].filter((letter) => !excluded.includes(letter));
    if (letters.length === 0) throw new Error('InvalidParameterException: No characters are left to make a password of.');
    const length = typeof config['password_length'] === 'number' ? config['password_length'] : 32;
    // Another one each time, as at AWS: what takes two of them for one must fail.
    return { random_password: Array.from({ length }, () => letters[randomInt(letters.length)]).join('') };
  },
};

const parameter: EphemeralModel = {
  source: `${S}ssm/parameter_ephemeral.go`,
  open: (config, { store, region }) => {
    const arn = text(config['arn']) ?? '';
    const found = store.list('aws_ssm_parameter').find((one) => one.region === region && one.attributes['arn'] === arn);
    if (!found) throw new Error(`couldn't find resource: ParameterNotFound (${arn})`);
    const { name, type, version, value, insecure_value: plain } = found.attributes;
    return { name: name ?? null, type: type ?? null, version: version ?? null, value: found.writeOnly?.['value_wo'] ?? (text(value) || (plain ?? null)), with_decryption: config['with_decryption'] ?? true };
  },
};

/** Every ephemeral resource of the AWS provider that is simulated. */
export const awsEphemeral: Readonly<Record<string, EphemeralModel>> = { aws_secretsmanager_random_password: randomPassword, aws_ssm_parameter: parameter };
