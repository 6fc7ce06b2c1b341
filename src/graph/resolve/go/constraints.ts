/** Which of several files that declare the same name belongs to an ordinary build: Linux on amd64, no extra tags (go help buildconstraint). */
import { nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';

const SYSTEMS = 'aix android darwin dragonfly freebsd hurd illumos ios js linux netbsd openbsd plan9 solaris wasip1 windows zos'.split(' ');
const MACHINES = '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm'.split(' ');
const ON = new Set(['linux', 'amd64', 'unix', 'gc', 'cgo']);

/** Whether a file is built by default, by its name's suffixes and its `//go:build` line (undefined when it has none). */
export function isBuilt(path: WorkspacePath, constraint: string | undefined): boolean {
  const parts = nameOf(path)
    .replace(/(_test)?\.go$/, '')
    .split('_')
    .slice(1);
  const wanted = parts.filter((p, i) => i >= parts.length - 2 && (SYSTEMS.includes(p) || MACHINES.includes(p)));
  return wanted.every((w) => ON.has(w)) && (constraint === undefined || holds(constraint));
}

/** Value of a constraint such as `(linux || darwin) && !cgo`; one that cannot be read holds. */
function holds(constraint: string): boolean {
  const tokens = constraint.match(/&&|\|\||[!()]|[\w.]+/g) ?? [];
  let at = 0;
  const any = (): boolean => {
    let value = all();
    while (tokens[at] === '||') {
      at++;
      const right = all();
      value ||= right;
    }
    return value;
  };
  const all = (): boolean => {
    let value = one();
    while (tokens[at] === '&&') {
      at++;
      const right = one();
      value &&= right;
    }
    return value;
  };
  const one = (): boolean => {
    const token = tokens[at++];
    if (token === '!') return !one();
    if (token === '(') {
      const value = any();
      at++;
      return value;
    }
    return token === undefined || ON.has(token) || /^go1\.\d+$/.test(token);
  };
  return any();
}
