import { readdirSync, readFileSync } from 'node:fs';

interface Seen {
  pid: number;
  parent: number;
  group: number;
  environ: string;
}
function all(): Seen[] {
  try {
    return readdirSync('/proc')
      .filter((n) => /^\d+$/.test(n))
      .flatMap((n) => {
        try {
          const stat = readFileSync(`/proc/${n}/stat`, 'utf8');
          const [, parent, group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
          let environ = '';
          try {
            environ = readFileSync(`/proc/${n}/environ`, 'utf8');
          } catch {}
          return [{ pid: Number(n), parent: Number(parent), group: Number(group), environ }];
        } catch {
          return [];
        }
      });
  } catch {
    return [];
  }
}
function kill(pids: number[]): void {
  for (const pid of pids)
    try {
      process.kill(pid, 'SIGKILL');
    } catch {}
}
function tree(roots: Seen[], seen: Seen[]): Seen[] {
  const kids = seen.filter((s) => roots.some((r) => r.pid === s.parent) && !roots.includes(s));
  return kids.length ? tree([...roots, ...kids], seen) : roots;
}
export function killMarked(marker: string): number {
  const seen = all();
  const marked = tree(
    seen.filter(({ environ, pid }) => pid !== process.pid && environ.includes(`MESSENGER_WORKER=${marker}`)),
    seen,
  );
  kill(marked.map(({ pid }) => pid));
  return marked.length;
}
export function killTree(pid: number): void {
  try {
    process.kill(pid, 'SIGSTOP');
  } catch {}
  const seen = all();
  kill(
    tree(
      seen.filter((s) => s.pid === pid || s.group === pid),
      seen,
    ).map((s) => s.pid),
  );
}
