/** The program `argoeks`: finds the command, checks its options, runs it and turns what it found into text and an exit code. */
import { enableCompileCache } from 'node:module';

// Unbuilt TypeScript starts twice as fast from Node's own cache of compiled modules.
enableCompileCache();
// Whoever reads us may stop early (`argoeks schema | head`): that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});
// Imported only now, so that the cache holds it too.
const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2));
