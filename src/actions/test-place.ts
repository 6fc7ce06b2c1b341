/** Where a new test of a file goes, and which of the project's tests shows how it is to look. */
import { folderOf, nameOf } from '../base/paths.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';
import { testsReaching } from './changed-code.js';

/** A longer test is no model: it would fill the context. */
const LONGEST = 8_000;
const SHORTEST = 60;
/** Languages that are tested in each other's way. */
const FAMILIES: readonly (readonly string[])[] = [
  ['javascript', 'typescript', 'tsx'],
  ['java', 'kotlin', 'scala'],
];

/** Tests of the file's language family, the best model first: those that use it, lie near it, and are of a readable length. */
export function modelTests(snapshot: Snapshot, path: WorkspacePath): WorkspacePath[] {
  const language = snapshot.entry(path)?.language ?? '';
  const family = FAMILIES.find((f) => f.includes(language)) ?? [language];
  const steps = new Map(testsReaching(snapshot, [path]).map((t) => [t.path, t.steps]));
  const scoreOf = (test: WorkspacePath): number =>
    3 / (steps.get(test) ?? Number.POSITIVE_INFINITY) +
    (NAMED.test(nameOf(test)) ? 2 : 0) +
    (snapshot.entry(test)?.language === language ? 2 : 0) +
    (/integration|e2e|functional|acceptance/i.test(test) ? 0.5 : 0) +
    sharedNames(path, test) -
    snapshot.tokens(test) / LONGEST;
  return snapshot.entries
    .filter((e) => e.test && e.language !== undefined && family.includes(e.language) && isTestByItself(e.path))
    .map((e) => e.path)
    .filter((test) => snapshot.tokens(test) >= SHORTEST && snapshot.tokens(test) <= LONGEST)
    .map((test) => ({ test, score: scoreOf(test) }))
    .sort((a, b) => b.score - a.score || (a.test < b.test ? -1 : 1))
    .map(({ test }) => test);
}

/** Names that say that a file is a test. */
const NAMED = /(?:^|[._-])(?:test|spec)s?(?=[._-])|(?:Tests?|Spec|Suite|IT)\.[^.]+$/;

/** Not what tests share or read. */
function isTestByItself(path: string): boolean {
  return !/(?:^|\/)(?:fixtures?|__mocks__|mocks?|support|helpers?|utils?|testdata|data|snapshots|__snapshots__|stubs?)\/|(?:^|\/)(?:conftest|__init__|test_helper|spec_helper|rails_helper|setup|helpers?|utils?|index|env)\.[^/]+$|\.d\.ts$/i.test(
    path,
  );
}

/** Names of folders that both paths have, in order, tests' own folders not counted; half of one for a common stem. */
function sharedNames(path: string, test: string): number {
  const [a, b] = [
    folderOf(path).split('/'),
    folderOf(test)
      .split('/')
      .filter((n) => !TEST_FOLDER.test(n)),
  ];
  let shared = 0;
  for (const name of a) if (name === b[shared]) shared++;
  return Math.min(shared, 3) + (nameOf(test).includes(stemOf(path)) ? 0.5 : 0);
}

const TEST_FOLDER = /^(?:tests?|specs?|__tests__|[\w.]*Tests?)$/;
/** Name of a file without its ends; of one that is its folder's, the folder's. */
function stemOf(path: string): string {
  const stem = nameOf(path).replace(/\..*$/, '');
  return /^(?:index|mod|lib|__init__|init|main)$/.test(stem) && folderOf(path) !== '' ? nameOf(folderOf(path)) : stem;
}

/** Each way in which names tell a test: what stands around the name of what is tested. */
const PATTERNS: readonly { readonly form: RegExp; name(stem: string, end: string): string }[] = [
  { form: /^.+?([._-](?:test|spec))(\.[cm]?[jt]sx?)$/, name: (stem, end) => `${stem}.integration${end}` },
  { form: /^test_.+(\.(?:py|rb))$/, name: (stem, end) => `test_${stem}_integration${end}` },
  { form: /^.+(_test\.(?:go|py|rb))$/, name: (stem, end) => `${stem}_integration${end}` },
  { form: /^.+_spec(\.rb)$/, name: (stem) => `${stem}_integration_spec.rb` },
  {
    form: /^.+?((?:IT|Tests?|Spec|Suite|TestCase)\.(?:java|kt|scala|cs|php|swift))$/,
    name: (stem, end) => `${upper(stem)}Integration${end}`,
  },
];

const upper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Path of a new integration test of `path`, placed and named as `model` is; one that is not taken. */
export function newTestPath(
  snapshot: Pick<Snapshot, 'has' | 'entries' | 'entry'>,
  path: WorkspacePath,
  model: WorkspacePath | undefined,
): WorkspacePath {
  const stem = stemOf(path).replace(/^_+/, '') || 'module';
  const folder = model === undefined ? fallbackFolder(snapshot.entry(path)?.language, path) : folderLike(snapshot, path, model);
  const file = model === undefined ? fallbackName(snapshot.entry(path)?.language, stem, nameOf(path)) : nameLike(nameOf(model), stem);
  for (let n = 1; ; n++) {
    const name = n === 1 ? file : file.replace(/(integration)/i, `$1${n}`);
    const whole = folder === '' ? name : `${folder}/${name}`;
    if (!snapshot.has(whole)) return whole;
  }
}

function nameLike(model: string, stem: string): string {
  for (const { form, name } of PATTERNS) {
    const match = form.exec(model);
    if (match) return name(stem, match.slice(1).join(''));
  }
  // Told by its folder alone, as mocha's and cargo's are.
  const end = /(\.[^.]+)$/.exec(model)?.[1] ?? '';
  return `${stem}${end === '.rs' || end === '.py' || end === '.rb' ? '_' : '.'}integration${end}`;
}

/** Beside the file where the model is beside what it tests; else the model's folder, or its twin for the file where folders mirror. */
function folderLike({ entries }: Pick<Snapshot, 'entries'>, path: WorkspacePath, model: WorkspacePath): string {
  const at = folderOf(model);
  // Cargo takes for a test what lies in a crate's own tests/.
  const crate = /^(.*?)(?:^|\/)src\//.exec(path);
  if (path.endsWith('.rs') && crate) return crate[1] === '' ? 'tests' : `${crate[1]}/tests`;
  const beside = entries.some((e) => !e.test && e.language !== undefined && folderOf(e.path) === at);
  if (beside) return folderOf(path);
  if (at.endsWith('__tests__')) return folderOf(path) === '' ? '__tests__' : `${folderOf(path)}/__tests__`;
  const mirrored = /^(.*?)src\/main\/(\w+)(?:\/(.*))?\/[^/]+$/.exec(path);
  if (mirrored) return [`${mirrored[1]}src/test/${mirrored[2]}`, mirrored[3]].filter(Boolean).join('/');
  return at;
}

function fallbackFolder(language: string | undefined, path: WorkspacePath): string {
  if (language === 'go') return folderOf(path);
  if (language === 'ruby') return 'test';
  return language === 'php' || language === 'python' || language === 'rust' ? 'tests' : language === 'swift' ? 'Tests' : 'test';
}

function fallbackName(language: string | undefined, stem: string, name: string): string {
  const end = /(\.[^.]+)$/.exec(name)?.[1] ?? '';
  switch (language) {
    case 'python':
      return `test_${stem}_integration.py`;
    case 'go':
    case 'ruby':
      return `${stem}_integration_test${end}`;
    case 'rust':
      return `${stem}_integration.rs`;
    case 'java':
    case 'kotlin':
    case 'scala':
    case 'csharp':
    case 'php':
    case 'swift':
      return `${upper(stem)}IntegrationTest${end}`;
    default:
      return `${stem}.integration.test${end}`;
  }
}
