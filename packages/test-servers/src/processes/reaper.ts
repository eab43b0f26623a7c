import { spawn } from 'node:child_process';
import type { Writable } from 'node:stream';

/**
 * A shell that outlives this process by a moment. Its standard input is a pipe
 * from this process, so it sees the end of file when this process ends in any
 * way at all: a return, an exception, `process.exit` in a jest worker, Ctrl-C,
 * even SIGKILL, where no exit handler runs. It then ends what is left.
 */
const script = `
children=
set --
while read -r verb value; do
  case $verb in
    watch) children="$children $value" ;;
    forget)
      rest=
      for child in $children; do
        [ "\${child%%:*}" = "$value" ] || rest="$rest $child"
      done
      children=$rest ;;
    remove) set -- "$@" "$value" ;;
  esac
done
for child in $children; do
  kill -"\${child##*:}" "\${child%%:*}" 2>/dev/null
done
for child in $children; do
  tries=0
  while kill -0 "\${child%%:*}" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 50 ] || kill -KILL "\${child%%:*}" 2>/dev/null
    sleep 0.1
    [ $tries -lt 60 ] || break
  done
done
[ $# -eq 0 ] || rm -rf -- "$@"
`;

let input: Writable | undefined;

function tell(line: string): void {
  if (!input) {
    const shell = spawn('/bin/sh', ['-c', script], {
      // A group of its own: Ctrl-C in a terminal reaches whole groups.
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore'],
    });
    shell.unref();
    // The pipe must not keep this process alive either.
    (shell.stdin as Writable & { unref(): void }).unref();
    input = shell.stdin;
  }
  input.write(`${line}\n`);
}

/** The signals that end a server at once. */
export type EndSignal = 'KILL' | 'QUIT';

/**
 * Ends processes and removes folders when this process ends, however it ends.
 */
export const reaper = {
  /** Ends the process with the signal, and by force when 5 s were not enough. */
  watch(pid: number, signal: EndSignal): void {
    tell(`watch ${pid}:${signal}`);
  },
  /** Must be called as soon as the process is gone: its id may be given anew. */
  forget(pid: number): void {
    tell(`forget ${pid}`);
  },
  /** Removes a folder with all that is in it. */
  remove(folder: string): void {
    tell(`remove ${folder}`);
  },
};
