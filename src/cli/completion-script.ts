/** A shell that can complete. */
export type Shell = 'bash' | 'zsh' | 'fish';

/** What can follow `argoeks`: a command of one or two words and its options. */
export interface Words {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly string[];
}

const firstWords = (all: readonly Words[]): readonly string[] => [...new Set(all.map(({ name }) => name.split(' ')[0] ?? ''))];
const secondWords = (all: readonly Words[], first: string): readonly string[] => all.flatMap(({ name }) => (name.startsWith(`${first} `) ? [name.slice(first.length + 1)] : []));

/** Completes by a list of words for each command; bash and zsh share it, since zsh can run bash completions. */
const bash = (all: readonly Words[]): string => {
  const groups = firstWords(all).filter((first) => secondWords(all, first).length > 0);
  return [
    '_argoeks() {',
    '  local current="${COMP_WORDS[COMP_CWORD]}" words=""',
    '  case "${COMP_WORDS[1]:-} ${COMP_WORDS[2]:-}" in',
    ...all.filter(({ name }) => name.includes(' ')).map(({ name, options }) => `    "${name}") [ "$COMP_CWORD" -gt 2 ] && words="${options.join(' ')}" || words="${secondWords(all, name.split(' ')[0] ?? '').join(' ')}" ;;`),
    ...groups.map((first) => `    "${first} "*) words="${secondWords(all, first).join(' ')}" ;;`),
    ...all.filter(({ name }) => !name.includes(' ')).map(({ name, options }) => `    "${name} "*) words="${options.join(' ')}" ;;`),
    '  esac',
    `  [ "$COMP_CWORD" -eq 1 ] && words="${firstWords(all).join(' ')} --help --version"`,
    '  COMPREPLY=($(compgen -W "$words" -- "$current"))',
    '  [ -n "${COMPREPLY[*]:-}" ] || COMPREPLY=($(compgen -f -- "$current"))',
    '}',
    'complete -F _argoeks argoeks',
  ].join('\n');
};

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const fish = (all: readonly Words[]): string => {
  const line = (condition: string, rest: string): string => `complete -c argoeks -n ${quoted(condition)} ${rest}`;
  const firsts = firstWords(all);
  return [
    'complete -c argoeks -f',
    ...firsts.map((first) => line('__fish_use_subcommand', `-a ${first} -d ${quoted(all.find(({ name }) => name === first)?.summary ?? `${first} commands`)}`)),
    ...all.flatMap(({ name, summary, options }) => {
      const [first = '', second] = name.split(' ');
      const seconds = secondWords(all, first);
      const inside = second === undefined ? `__fish_seen_subcommand_from ${first}` : `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`;
      const own = second === undefined ? [] : [line(`__fish_seen_subcommand_from ${first}; and not __fish_seen_subcommand_from ${seconds.join(' ')}`, `-a ${second} -d ${quoted(summary)}`)];
      return [...own, ...options.map((option) => line(inside, `-l ${option.slice(2)}`))];
    }),
  ].join('\n');
};

/** Text of a completion script for a shell, made from the commands there are. Pure. */
export const completionScript = (shell: Shell, all: readonly Words[]): string => {
  if (shell === 'fish') return `${fish(all)}\n`;
  const script = bash(all);
  return shell === 'bash' ? `${script}\n` : `#compdef argoeks\nautoload -U +X bashcompinit && bashcompinit\n${script}\n`;
};
