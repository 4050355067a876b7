import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { completionScript } from './completion-script.ts';

const words = [
  { name: 'build', summary: "Compiles what's there.", options: ['--check', '--json'] },
  { name: 'env plan', summary: 'Plans.', options: ['--env', '--json'] },
  { name: 'env apply', summary: 'Applies.', options: ['--env'] },
];

/** What bash offers after these words, the last of which is being typed. */
const offered = (...typed: readonly string[]): readonly string[] => {
  const line = `${completionScript('bash', words)}\nCOMP_WORDS=(argoeks ${typed.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${typed.length}; _argoeks; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return spawnSync('bash', ['--norc', '-c', line], { encoding: 'utf8' }).stdout.trim().split('\n');
};

it('bash offers commands, second words and options', () => {
  expect(offered('')).toEqual(['build', 'env', '--help', '--version']);
  expect(offered('bu')).toEqual(['build']);
  expect(offered('env', '')).toEqual(['plan', 'apply']);
  expect(offered('env', 'pl')).toEqual(['plan']);
  expect(offered('env', 'plan', '--')).toEqual(['--env', '--json']);
  expect(offered('build', '--c')).toEqual(['--check']);
});

it('zsh runs the same, fish has its own lines', () => {
  expect(completionScript('zsh', words)).toContain('#compdef argoeks');
  expect(completionScript('fish', words).split('\n')).toContain("complete -c argoeks -n '__fish_use_subcommand' -a build -d 'Compiles what\\'s there.'");
});
