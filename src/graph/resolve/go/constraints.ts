/** Which files of a package are built together (go help buildconstraint). */
import { nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';

const SYSTEMS = 'linux windows darwin freebsd js wasip1 plan9 aix android solaris openbsd netbsd dragonfly illumos ios hurd zos'.split(' ');
const MACHINES =
  'amd64 arm64 386 wasm arm s390x ppc64le ppc64 riscv64 mips mips64 mipsle mips64le loong64 ppc riscv sparc64 armbe arm64be'.split(' ');
const UNIX = new Set('aix android darwin dragonfly freebsd hurd illumos ios linux netbsd openbsd solaris'.split(' '));
/** Systems that are built with the files of another one too. */
const ALSO: Readonly<Record<string, string>> = { android: 'linux', illumos: 'solaris', ios: 'darwin' };

/** What a build is for: a system, a machine, and tags given by hand. */
export interface BuildContext {
  readonly system: string;
  readonly machine: string;
  readonly tags: readonly string[];
}

/** What a file asks of a build. */
export interface Requirement {
  /** Of its name: the endings _linux, _arm64 and _linux_arm64. */
  readonly system: string | undefined;
  readonly machine: string | undefined;
  /** Of its `//go:build` line, "" when it has none. */
  readonly constraint: string;
}

export const ORDINARY: BuildContext = { system: 'linux', machine: 'amd64', tags: [] };

/** What a file asks of a build; undefined for a file that every build takes. */
export function requirementOf(path: WorkspacePath, constraint: string): Requirement | undefined {
  const parts = nameOf(path)
    .replace(/(_test)?\.go$/, '')
    .split('_')
    .slice(1);
  const last = parts.at(-1) ?? '';
  const machine = MACHINES.includes(last) ? last : undefined;
  const before = machine === undefined ? last : (parts.at(-2) ?? '');
  const system = SYSTEMS.includes(before) ? before : undefined;
  return system === undefined && machine === undefined && constraint === '' ? undefined : { system, machine, constraint };
}

/** Whether a build takes a file. */
export function takes(context: BuildContext, file: Requirement | undefined): boolean {
  if (!file) return true;
  const { system, machine, constraint } = file;
  if (system !== undefined && !isSet(system, context)) return false;
  if (machine !== undefined && machine !== context.machine) return false;
  return constraint === '' || holds(constraint, (tag) => isSet(tag, context));
}

/** The first build that takes a file: the ordinary one (Linux on amd64, no tags), else of another system or machine, else with the tags it names. */
export function contextOf(file: Requirement | undefined): BuildContext {
  if (takes(ORDINARY, file)) return ORDINARY;
  const tags = [...new Set(file?.constraint.match(/[\w.]+/g) ?? [])].filter((t) => !SYSTEMS.includes(t) && !MACHINES.includes(t));
  for (const chosen of [[], tags, ...tags.map((t) => [t])])
    for (const system of SYSTEMS)
      for (const machine of MACHINES) {
        const context = { system, machine, tags: chosen };
        if (takes(context, file)) return context;
      }
  return ORDINARY;
}

function isSet(tag: string, { system, machine, tags }: BuildContext): boolean {
  if (tag === system || tag === ALSO[system] || tag === machine || tags.includes(tag)) return true;
  return tag === 'gc' || tag === 'cgo' || (tag === 'unix' && UNIX.has(system)) || /^go1\.\d+$/.test(tag);
}

/** Value of a constraint such as `(linux || darwin) && !cgo`; one that cannot be read holds. */
function holds(constraint: string, isTrue: (tag: string) => boolean): boolean {
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
    return token === undefined || isTrue(token);
  };
  return any();
}
