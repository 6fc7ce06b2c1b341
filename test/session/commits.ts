/** Commits of a repository as a recorded session, and what its replay came to. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LineRange } from '../../src/context/pack.js';
import { Index } from '../../src/index/index.js';
import { shippedTable } from '../money/table.js';
import { type RecordedTurn, type ReplayedTurn, replay } from './replay.js';

export interface CommitsOptions {
  readonly repo: string;
  /** Only commits that touch this. */
  readonly path: string;
  readonly until: string;
  readonly turns: number;
  readonly budget: number;
  readonly minutes: number;
  /** Minutes before a turn, by its number from 1. */
  readonly pauses: ReadonlyMap<number, number>;
  readonly count: boolean;
  readonly model: string;
  /** Folder to check commits out in. */
  readonly scratch: string;
}

/** Characters of an answer: a longer patch is cut. */
const MAX_ANSWER = 3_000;

export async function replayCommits(options: CommitsOptions) {
  const { repo, path, until, turns, budget, minutes, pauses, count, model, scratch } = options;
  rmSync(scratch, { recursive: true, force: true });
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', scratch, ...args], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  execFileSync('git', ['clone', '-q', '--shared', '--no-checkout', resolve(repo), scratch], { stdio: 'ignore' });
  const chosen = relatedCommits(readCommits(git, until), path, turns);
  git('checkout', '-q', `${chosen[0]}^`);
  const index = new Index({ roots: [scratch], assets: resolve('dist') });
  try {
    const recorded = chosen.map(
      (commit, i): RecordedTurn => ({
        task: git('show', '-s', '--format=%B', commit).trim().slice(0, 600),
        answer: git('show', '--format=', commit, '--', path).slice(0, MAX_ANSWER),
        minutes: pauses.get(i + 1) ?? minutes,
        about: changedLines(git('show', '-U0', '--format=', '--no-renames', commit)),
        snapshot: async () => {
          git('checkout', '-q', `${commit}^`);
          return await index.update();
        },
      }),
    );
    const replayed = await replay({ model, prices: shippedTable(), budget, count, turns: recorded });
    return { model, ...figuresOf(replayed), turns: replayed.map(({ messages: _, ...turn }) => turn), text: textOf(model, replayed) };
  } finally {
    index.close();
  }
}

interface Commit {
  readonly id: string;
  readonly parents: readonly string[];
  readonly subject: string;
  readonly files: readonly string[];
  /** Lines added and removed. */
  readonly lines: number;
}

const COMMITS = 6_000;

/** Newest first. */
function readCommits(git: (...args: string[]) => string, until: string): Commit[] {
  const log = git('log', '--topo-order', '--no-renames', '--numstat', '-n', String(COMMITS), '--format=%x01%H%x00%P%x00%s', until);
  return log
    .split('\x01')
    .slice(1)
    .map((text): Commit => {
      const [head = '', ...stats] = text.trim().split('\n');
      const [id = '', parents = '', subject = ''] = head.split('\0');
      const changes = stats.filter((l) => l !== '').map((l) => l.split('\t'));
      const lines = changes.reduce((n, [added, removed]) => n + (Number(added) || 0) + (Number(removed) || 0), 0);
      return { id, parents: parents.split(' '), subject, files: changes.map(([, , file]) => file!), lines };
    });
}

/** Of all runs of commits, each the parent of the next, the `turns` in a row that have most to do with each other; oldest first. */
function relatedCommits(commits: readonly Commit[], path: string, turns: number): string[] {
  const isQuestion = ({ files, lines, subject }: Commit): boolean =>
    files.length <= 12 &&
    lines >= 4 &&
    lines <= 300 &&
    subject.split(' ').length >= 3 &&
    files.some((f) => path === '.' || f.startsWith(path));
  let best: readonly Commit[] = [];
  let most = -1;
  let run: Commit[] = [];
  for (const [i, commit] of commits.entries()) {
    const last = commits[i - 1];
    if (last?.parents.length !== 1 || last.parents[0] !== commit.id || commit.parents.length !== 1 || commit.lines > 1_000) run = [];
    if (isQuestion(commit)) run.push(commit);
    const window = run.slice(-turns).reverse();
    if (window.length < turns) continue;
    const before = new Set<string>();
    let related = 0;
    for (const { files } of window) {
      related += files.filter((f) => before.has(f)).length / files.length;
      for (const file of files) before.add(file);
    }
    if (related > most) [best, most] = [window, related];
  }
  if (best.length === 0) throw new Error(`there are no ${turns} commits in a row that touch "${path}"`);
  return best.map(({ id }) => id);
}

/** Lines of the old files that a patch without context changes; for lines that only came in, the ones around them. */
function changedLines(patch: string): Map<string, LineRange[]> {
  const lines = new Map<string, LineRange[]>();
  let path: string | undefined;
  for (const line of patch.split('\n')) {
    const file = /^--- (?:a\/(.*)|\/dev\/null)$/.exec(line);
    if (file) path = file[1];
    const hunk = /^@@ -(\d+)(?:,(\d+))? /.exec(line);
    if (!hunk || path === undefined) continue;
    const [start, count] = [Number(hunk[1]), Number(hunk[2] ?? 1)];
    const range = count === 0 ? { start: Math.max(0, start - 1), end: start } : { start: start - 1, end: start + count - 2 };
    lines.set(path, [...(lines.get(path) ?? []), range]);
  }
  return lines;
}

function figuresOf(turns: readonly ReplayedTurn[]) {
  const sum = (of: (t: ReplayedTurn) => number): number => turns.reduce((n, t) => n + of(t), 0);
  const judged = turns.filter((t) => t.seen && !Number.isNaN(t.seen.session));
  const mean = (of: (t: ReplayedTurn) => number): number => judged.reduce((n, t) => n + of(t), 0) / judged.length;
  return {
    session: sum((t) => t.total),
    fresh: sum((t) => t.fresh.total),
    freshUnwritten: sum((t) => t.fresh.unwritten),
    prompts: { foreseen: sum((t) => t.foreseen.cost), billed: sum((t) => t.cost) },
    seen: { session: mean((t) => t.seen!.session), fresh: mean((t) => t.seen!.fresh) },
  };
}

function textOf(model: string, turns: readonly ReplayedTurn[]): string {
  const usd = (micro: number): string => (micro / 1e6).toFixed(4);
  const off = (a: number, b: number): string => `${(100 * (a / b - 1)).toFixed(2)} %`;
  const rows = turns.map(({ foreseen, bill, cost, rebilled, seen, fresh, total, task }, i) =>
    [
      `${i + 1}`.padStart(2),
      `${foreseen.tokens}`.padStart(7),
      `${bill.read + bill.written + bill.writtenLong + bill.plain}`.padStart(7),
      `${foreseen.read}`.padStart(7),
      `${bill.read}`.padStart(7),
      usd(foreseen.cost),
      usd(cost),
      off(foreseen.cost, cost).padStart(8),
      usd(total),
      usd(fresh.total),
      `${Math.round(100 * (seen?.session ?? 0))}/${Math.round(100 * (seen?.fresh ?? 0))}`.padStart(7),
      rebilled ? `${rebilled.cause.kind}${rebilled.cause.kind === 'anew' ? ` (${rebilled.cause.why})` : ''} +$${usd(rebilled.extra)}` : '',
      task.split('\n')[0]!.slice(0, 50),
    ].join('  '),
  );
  const f = figuresOf(turns);
  return [
    model,
    ' #   tokens  billed  cached  billed  prompt $ billed $     off   total $  alone $   seen %  billed again',
    ...rows,
    `session $${usd(f.session)}; each alone $${usd(f.fresh)}, without cache writes $${usd(f.freshUnwritten)}: ${((100 * f.session) / f.fresh).toFixed(1)} % and ${((100 * f.session) / f.freshUnwritten).toFixed(1)} %`,
    `prompts foreseen $${usd(f.prompts.foreseen)}, billed $${usd(f.prompts.billed)}: ${off(f.prompts.foreseen, f.prompts.billed)}`,
    `changed lines that the model saw: ${(100 * f.seen.session).toFixed(1)} % in the session, ${(100 * f.seen.fresh).toFixed(1)} % each alone`,
    '',
  ].join('\n');
}
