/** Adds up Vitest's JSON reports and closes with the line that CI reads: `N passed, N failed, N skipped`. Exit 1 when a test failed or none ran. */
import { readFileSync } from 'node:fs';

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
}

const reports = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')) as Report);
const sum = (of: (report: Report) => number): number => reports.reduce((total, report) => total + of(report), 0);
const [passed, failed, skipped] = [sum((r) => r.numPassedTests), sum((r) => r.numFailedTests), sum((r) => r.numPendingTests)];
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
