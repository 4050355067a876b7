import { expect, it } from 'vitest';
import { loadSchema } from './schema-json.ts';

it('leaves no type of AWS open: Terraform would write the block around it in another way', () => {
  expect(JSON.stringify(loadSchema('aws'))).not.toContain('"dynamic"');
  expect(JSON.stringify(loadSchema('aws').resources['aws_accessanalyzer_analyzer'])).toContain('["list",["map","string"]]');
});
