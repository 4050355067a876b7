/** The program `argoeks`: finds the command, checks its options, runs it and turns what it found into text and an exit code. */
import { quickImports } from './quick-imports.ts';

// Whoever reads us may stop early (`argoeks schema | head`): that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
quickImports();
// Imported only now, so that its packages are found as well.
const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2));
