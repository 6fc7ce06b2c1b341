/**
 * From `#include` to a file. Compilers are told where to look by flags; what the tree's
 * build files say of these goes first, what its includes can mean at all comes after.
 */
import { folderOf, joinPath, nameOf } from '../../../base/paths.js';
import type { WorkspacePath } from '../../../workspace/entry.js';
import type { ResolveInput } from '../../links.js';
import { type BuildFile, IncludeRoots } from './roots.js';

/** Headers of the C and POSIX libraries that projects like to have namesakes of; in angle brackets they mean the library's. */
const LIBRARY = new Set(
  'assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time uchar wchar wctype unistd fcntl pthread poll sched semaphore dirent dlfcn glob grp netdb pwd regex spawn strings syslog termios utime malloc memory windows winsock2 getopt features endian byteswap execinfo ucontext'
    .split(' ')
    .map((n) => `${n}.h`),
);

/** Behind a header's name, what configure, CMake and Meson make it from. */
const TEMPLATES = ['.in', '.cmake', '.cmake.in', '.in.cmake', '.meson'];

export interface IncludeTarget {
  readonly file: WorkspacePath;
  readonly confidence: 'resolved' | 'named';
}

export class Includes {
  readonly #roots: IncludeRoots;
  /** Folders named include, inc or src: where projects keep what they include by a path. */
  readonly #usual: readonly string[];
  readonly #byName = new Map<string, WorkspacePath[]>();
  /** By folder: the build files whose answer counts, those that compile it before those that name it. */
  readonly #telling = new Map<string, { readonly above: readonly BuildFile[]; readonly around: readonly BuildFile[] }>();

  constructor(private readonly input: ResolveInput) {
    const usual = new Set(['']);
    for (const { path, language } of input.entries) {
      const same = this.#byName.get(nameOf(path));
      if (same) same.push(path);
      else this.#byName.set(nameOf(path), [path]);
      if (language !== 'c' && language !== 'cpp') continue;
      const parts = folderOf(path).split('/');
      for (const [i, part] of parts.entries())
        if (/^(include|inc|src|source|lib|headers)$/i.test(part)) usual.add(parts.slice(0, i + 1).join('/'));
    }
    this.#usual = [...usual];
    this.#roots = new IncludeRoots(input);
  }

  /** The file an include means; undefined when it is not the workspace's. */
  find(specifier: string, quoted: boolean, from: WorkspacePath): IncludeTarget | undefined {
    const beside = quoted ? joinPath(folderOf(from), specifier) : undefined;
    if (beside !== undefined && this.input.has(beside)) return { file: beside, confidence: 'resolved' };
    if (!quoted && LIBRARY.has(specifier)) return undefined;
    const ends = this.#ending(specifier);
    if (ends.length === 0) return this.#template(specifier, from);
    // One file alone bears the name, and quotes name no library: nothing else can be meant.
    if (ends.length === 1 && quoted) return { file: ends[0]!, confidence: 'resolved' };
    return this.#told(specifier, ends, from) ?? this.#likely(specifier, ends, from);
  }

  /** Files whose path ends in the name. */
  #ending(specifier: string): WorkspacePath[] {
    const tail = `/${specifier.replace(/^(\.\.?\/)+/, '')}`;
    return (this.#byName.get(nameOf(specifier)) ?? []).filter((p) => p === specifier || p.endsWith(tail));
  }

  /** A header that the build makes is there as what it is made from. */
  #template(specifier: string, from: WorkspacePath): IncludeTarget | undefined {
    const file = nearest(
      TEMPLATES.flatMap((suffix) => this.#ending(`${specifier}${suffix}`)),
      from,
    );
    return file === undefined ? undefined : { file, confidence: 'named' };
  }

  /** What build files make of it: those that compile the file, nearest first; else the most of those that name its folder; else of all. */
  #told(specifier: string, ends: readonly WorkspacePath[], from: WorkspacePath): IncludeTarget | undefined {
    const among = new Set(ends);
    const answer = ({ roots }: BuildFile): WorkspacePath | undefined => {
      for (const root of roots) {
        const path = joinPath(root, specifier);
        if (path !== undefined && among.has(path)) return path;
      }
      return undefined;
    };
    const folder = folderOf(from);
    let telling = this.#telling.get(folder);
    if (!telling) {
      telling = { above: this.#roots.above(folder), around: this.#roots.around(folder) };
      this.#telling.set(folder, telling);
    }
    for (const file of telling.above) {
      const found = answer(file);
      if (found !== undefined) return { file: found, confidence: 'resolved' };
    }
    for (const files of [telling.around, this.#roots.all]) {
      const answers = files.flatMap((f) => answer(f) ?? []);
      if (answers.length === 0) continue;
      const votes = new Map<WorkspacePath, number>();
      for (const a of answers) votes.set(a, (votes.get(a) ?? 0) + 1);
      const most = Math.max(...votes.values());
      const file = nearest(
        [...votes.keys()].filter((a) => votes.get(a) === most),
        from,
      )!;
      return { file, confidence: votes.size === 1 ? 'resolved' : 'named' };
    }
    return undefined;
  }

  #likely(specifier: string, ends: readonly WorkspacePath[], from: WorkspacePath): IncludeTarget {
    const rooted = ends.filter((p) => this.#usual.some((root) => p === (root === '' ? specifier : `${root}/${specifier}`)));
    const file = nearest(rooted.length > 0 ? rooted : ends, from)!;
    return { file, confidence: rooted.length > 0 ? 'resolved' : 'named' };
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
