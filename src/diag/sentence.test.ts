import { expect, it } from 'vitest';
import { ended } from './sentence.ts';

it('ends with one sign, whichever it is', () => {
  expect(['"m99g" is no family; did you mean "m9g"?', 'It is so.', 'It is so'].map(ended)).toEqual(['"m99g" is no family; did you mean "m9g"?', 'It is so.', 'It is so.']);
});
