/**
 * Compares the planner with published figures of memory and throughput, and prints the page docs/guides/planner-accuracy.md.
 * `node bench/planner-accuracy.ts`. Exit 1 when memory is off by 5 % or the bounds of throughput miss more than one row of ten. Effects: none but the output.
 */
import { accuracyPage } from './accuracy-table.ts';

const { text, isGood } = accuracyPage();
process.stdout.write(text);
process.exitCode = isGood ? 0 : 1;
