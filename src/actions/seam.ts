/** A seam to test at: an entry that others call, what runs behind it, and where that leaves the process. */

import { ownSources } from '../graph/findings/own-code.js';
import { dependentsOf, edgesFrom } from '../graph/neighbours.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { hasTestRules } from './test-runner.js';

export interface Seam {
  readonly entry: WorkspacePath;
  /** Files that depend on the entry, tests not counted; sorted. */
  readonly callers: readonly WorkspacePath[];
  /** Tests that use the entry itself. */
  readonly tests: readonly WorkspacePath[];
  /** Files behind it, nearest first, without the entry. */
  readonly reach: readonly Reached[];
  /** Modules from outside of the workspace that the entry and its reach import, those that read and write first. */
  readonly boundaries: readonly Boundary[];
}

export interface Reached {
  readonly path: WorkspacePath;
  /** Dependencies between it and the entry. */
  readonly steps: number;
}

export interface Boundary {
  readonly module: string;
  /** Files, a network, other programs, a database: what a test replaces or sets up. */
  readonly leaves: boolean;
  /** First place of each file that imports it; 0-based lines. */
  readonly places: readonly { readonly path: WorkspacePath; readonly line: number }[];
}

/** Files of a reach: what lies farther away is not what a test of this entry is about. */
const REACH = 60;
const STEPS = 5;

export function seamAt(snapshot: Snapshot, entry: WorkspacePath): Seam {
  const { graph, entry: entryOf } = snapshot;
  const users = dependentsOf(graph, entry);
  const reach = reachOf(snapshot, entry);
  return {
    entry,
    callers: users.filter((u) => entryOf(u)?.test !== true),
    tests: users.filter((u) => entryOf(u)?.test === true),
    reach,
    boundaries: boundariesOf(snapshot, [entry, ...reach.map((r) => r.path)]),
  };
}

/**
 * The entry that is most worth a test: many files depend on it and much runs behind it, and few tests
 * use it already. Undefined where no file of the project's own has anything behind it.
 */
export function bestEntry(snapshot: Snapshot): WorkspacePath | undefined {
  const { graph, entry: entryOf, record } = snapshot;
  let best: WorkspacePath | undefined;
  let most = 0;
  for (const path of ownSources(snapshot)) {
    if (!hasTestRules(entryOf(path)?.language) || record(path)?.symbols.length === 0) continue;
    // One step tells nearly as much as all of them, and is cheap.
    const fanOut = edgesFrom(graph, path).filter(({ to }) => hasTestRules(entryOf(to)?.language)).length;
    const users = dependentsOf(graph, path);
    const tests = users.filter((u) => entryOf(u)?.test === true).length;
    const score = (Math.log1p(users.length - tests) * Math.log1p(fanOut)) / (1 + tests);
    if (score > most) [best, most] = [path, score];
  }
  return best;
}

function reachOf({ graph, entry: entryOf }: Snapshot, entry: WorkspacePath): Reached[] {
  const found = new Map<WorkspacePath, number>([[entry, 0]]);
  for (const [path, steps] of found) {
    if (steps === STEPS) continue;
    for (const { to, typeOnly, kind } of edgesFrom(graph, path)) {
      if (found.size > REACH) break;
      if (hasTestRules(entryOf(to)?.language) && !typeOnly && kind !== 'reference' && !found.has(to)) found.set(to, steps + 1);
    }
  }
  found.delete(entry);
  return [...found].map(([path, steps]) => ({ path, steps }));
}

function boundariesOf({ graph, record, entry: entryOf }: Snapshot, paths: readonly WorkspacePath[]): Boundary[] {
  const found = new Map<string, Map<WorkspacePath, number>>();
  for (const path of paths) {
    for (const link of graph.links(path).imports) {
      const statement = record(path)?.imports[link.import];
      if (!statement || !link.external || link.typeOnly || link.targets.length > 0) continue;
      const places = found.get(statement.specifier) ?? new Map<WorkspacePath, number>();
      found.set(statement.specifier, places);
      if (!places.has(path)) places.set(path, statement.line);
    }
  }
  return [...found]
    .map(([module, places]) => ({
      module,
      leaves: leavesProcess(entryOf([...places.keys()][0]!)?.language, module),
      places: [...places].map(([path, line]) => ({ path, line })),
    }))
    .sort((a, b) => Number(b.leaves) - Number(a.leaves) || b.places.length - a.places.length || (a.module < b.module ? -1 : 1));
}

/**
 * Well-known modules through which a program reads and writes the outside, of each language's
 * standard library and of widespread packages. What only names an error, a type or a text is none.
 */
const LEAVES: Readonly<Record<string, RegExp>> = {
  script:
    /^(?:node:)?(?:fs|fs\/promises|http|https|http2|net|tls|dgram|dns|child_process|cluster|worker_threads|readline|sqlite)$|^(?:axios|got|node-fetch|undici|ws|pg|mysql2?|mongodb|mongoose|redis|ioredis|kafkajs|amqplib|nodemailer|knex|typeorm|better-sqlite3|sqlite3|fs-extra|chokidar|execa|vscode)$|^(?:@prisma\/client|@aws-sdk|aws-sdk|@google-cloud|@azure|firebase)/,
  python:
    /^(?:os|shutil|pathlib|tempfile|subprocess|socket|ssl|http\.(?:client|server)|urllib\.request|urllib3|sqlite3|asyncio|smtplib|ftplib|requests|httpx|aiohttp|psycopg2?|pymongo|redis|sqlalchemy|boto3|botocore|paramiko)(?:\.|$)/,
  go: /^(?:os|os\/exec|io\/fs|net|net\/http|net\/rpc|database\/sql|syscall)$|^google\.golang\.org\/grpc/,
  jvm: /^(?!.*(?:Exception|Error|Serializable|Closeable|Flushable|URI|Charsets?|StandardCharsets|String(?:Reader|Writer)|ByteArray\w+|ByteString\S*|CharBuffer|Buffer|buffer)$)(?:java\.(?:io|nio|net|sql)|javax\.(?:sql|persistence|jms)|jakarta\.(?:persistence|jms)|okhttp3|okio|retrofit2|org\.apache\.http|org\.springframework\.(?:jdbc|web\.client))\./,
  rust: /^(?:std::(?:fs|net|process)|tokio::(?:fs|net|process)|reqwest|hyper|sqlx|diesel|rusqlite)/,
  csharp: /^System\.(?:IO|Net|Data|Diagnostics\.Process)|^(?:Microsoft\.EntityFrameworkCore|Npgsql|Dapper)/,
  ruby: /^(?:net\/http|open-uri|socket|open3|fileutils|tempfile|pg|mysql2|sqlite3|faraday|redis)$/,
  php: /^\\?(?:GuzzleHttp|Doctrine|PDO|Predis|Redis)\b/,
  swift: /^(?:Network|Darwin|Glibc)$/,
};

const FAMILY: Readonly<Record<string, string>> = {
  javascript: 'script',
  typescript: 'script',
  tsx: 'script',
  java: 'jvm',
  kotlin: 'jvm',
  scala: 'jvm',
};

function leavesProcess(language: string | undefined, module: string): boolean {
  return language !== undefined && LEAVES[FAMILY[language] ?? language]?.test(module) === true;
}
