/**
 * From `#include` to a file. Compilers are told where to look by -I; that is in
 * compile_commands.json or nowhere we can read, so the rest is inferred from what the
 * tree's own includes can mean.
 */
import { folderOf, joinPath, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';

/** Headers of the C and POSIX libraries that projects like to have namesakes of; in angle brackets they mean the library's. */
const LIBRARY = new Set(
  'assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype unistd fcntl pthread poll sched semaphore dirent dlfcn glob grp netdb pwd regex spawn strings syslog termios utime malloc memory windows winsock2 getopt features endian byteswap execinfo ucontext'
    .split(' ')
    .map((n) => `${n}.h`),
);

export interface IncludeTarget {
  readonly file: WorkspacePath;
  readonly confidence: 'resolved' | 'named';
}

export class Includes {
  readonly #roots: readonly string[];
  readonly #byName = new Map<string, WorkspacePath[]>();

  constructor(private readonly input: ResolveInput) {
    for (const { path } of input.entries) {
      const same = this.#byName.get(nameOf(path));
      if (same) same.push(path);
      else this.#byName.set(nameOf(path), [path]);
    }
    this.#roots = [...new Set(['', ...this.#told(), ...this.#usual()])];
  }

  /** Folders that compile_commands.json names with -I, -isystem and -iquote, as far as they lie in the workspace. */
  #told(): string[] {
    const found: string[] = [];
    for (const { path } of this.input.entries) {
      if (nameOf(path) !== 'compile_commands.json') continue;
      for (const [, folder = ''] of (this.input.manifest(path) ?? '').matchAll(/-(?:I|isystem|iquote)[\s",]*([^\s",]+)/g)) {
        const inside = folder.startsWith('/') ? this.#lastPart(folder) : joinPath(folderOf(path), folder);
        if (inside !== undefined) found.push(inside);
      }
    }
    return found.sort();
  }

  /** The longest end of an absolute path that is a folder of the workspace. */
  #lastPart(absolute: string): string | undefined {
    const parts = absolute.split('/').filter((p) => p !== '');
    for (let i = 0; i < parts.length; i++) {
      const tail = parts.slice(i).join('/');
      if (this.input.entries.some((e) => e.path.startsWith(`${tail}/`))) return tail;
    }
    return undefined;
  }

  /** Folders named include, inc or src: where projects keep what they include by a path. */
  #usual(): string[] {
    const found = new Set<string>();
    for (const { path, language } of this.input.entries) {
      if (language !== 'c' && language !== 'cpp') continue;
      const parts = folderOf(path).split('/');
      for (const [i, part] of parts.entries())
        if (/^(include|inc|src|source|lib|headers)$/i.test(part)) found.add(parts.slice(0, i + 1).join('/'));
    }
    return [...found].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  }

  /** The file an include means; undefined when it is not the workspace's. */
  find(specifier: string, quoted: boolean, from: WorkspacePath): IncludeTarget | undefined {
    const beside = quoted ? joinPath(folderOf(from), specifier) : undefined;
    if (beside !== undefined && this.input.has(beside)) return { file: beside, confidence: 'resolved' };
    if (!quoted && LIBRARY.has(specifier)) return undefined;
    const ends = (this.#byName.get(nameOf(specifier)) ?? []).filter(
      (p) => p === specifier || p.endsWith(`/${specifier.replace(/^(\.\.?\/)+/, '')}`),
    );
    const rooted = ends.filter((p) => this.#roots.some((root) => p === (root === '' ? specifier : `${root}/${specifier}`)));
    const near = nearest(rooted.length > 0 ? rooted : ends, from);
    if (near === undefined) return undefined;
    // One file alone bears the name, or a known root leads to it: nothing else can be meant.
    return { file: near, confidence: rooted.length > 0 || ends.length === 1 ? 'resolved' : 'named' };
  }
}

/** The candidate that shares most folders with `from`; of equals the shortest, then the first. */
function nearest(candidates: readonly WorkspacePath[], from: WorkspacePath): WorkspacePath | undefined {
  const shared = (path: WorkspacePath): number => {
    const as = folderOf(path).split('/');
    const bs = folderOf(from).split('/');
    let n = 0;
    while (n < as.length && n < bs.length && as[n] === bs[n]) n++;
    return n;
  };
  return [...candidates].sort((a, b) => shared(b) - shared(a) || a.length - b.length || (a < b ? -1 : 1))[0];
}
