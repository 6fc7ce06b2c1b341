/** Which test runner a project uses for a file, told by its manifests and by what its tests import. */
import { folderOf, foldersUp, nameOf } from '../base/paths.js';
import type { Snapshot } from '../index/snapshot.js';
import type { WorkspacePath } from '../workspace/entry.js';

export interface TestRunner {
  /** "vitest", "JUnit with Gradle". */
  readonly name: string;
  /** Shell command that runs one test file. */
  readonly command: string;
  /** Folder that it is run in; "" for the workspace's. */
  readonly folder: string;
  /** Lines that tell it, 0-based. */
  readonly told: readonly { readonly path: WorkspacePath; readonly line: number }[];
}

/** What the rules below are asked with. */
interface Case {
  readonly snapshot: Snapshot;
  /** The new test. */
  readonly test: WorkspacePath;
  /** Modules that the tests of the project import, as written. */
  readonly imported: ReadonlySet<string>;
  /** Nearest file of one of these names, from the test's folder up, with its text. */
  nearest(...names: readonly string[]): Manifest | undefined;
}

interface Manifest {
  readonly path: WorkspacePath;
  readonly folder: string;
  readonly text: string;
}

type Rule = (of: Case) => TestRunner | undefined;

/** @param tests files whose imports tell what is used. */
export function testRunner(
  snapshot: Snapshot,
  test: WorkspacePath,
  language: string,
  tests: readonly WorkspacePath[],
): TestRunner | undefined {
  const imported = new Set(tests.flatMap((t) => snapshot.record(t)?.imports.map((i) => i.specifier) ?? []));
  const nearest = (...names: readonly string[]): Manifest | undefined => {
    for (const folder of foldersUp(folderOf(test))) {
      const path = names.map((n) => (folder === '' ? n : `${folder}/${n}`)).find((p) => snapshot.has(p));
      if (path !== undefined) return { path, folder, text: snapshot.text(path) ?? '' };
    }
    return undefined;
  };
  return RULES[language]?.({ snapshot, test, imported, nearest });
}

const SCRIPT_RUNNERS = ['vitest', 'jest', 'mocha', 'ava', 'tap', 'jasmine', 'uvu', 'japa'] as const;
/** Modules that only tests of one runner import. */
const SCRIPT_IMPORTS: Readonly<Record<string, string>> = {
  'node:test': 'node --test',
  'bun:test': 'bun test',
  vitest: 'vitest',
  '@jest/globals': 'jest',
  mocha: 'mocha',
  ava: 'ava',
  tap: 'tap',
};

const script: Rule = ({ test, imported, nearest }) => {
  const manifest = nearest('package.json');
  if (!manifest) return undefined;
  const { scripts, all } = readPackage(manifest.text);
  const wanted = Object.entries(SCRIPT_IMPORTS).find(([module]) => imported.has(module))?.[1];
  const inScript = SCRIPT_RUNNERS.find((r) => new RegExp(`(?:^|[\\s/&;])${r}(?:\\s|$)`).test(scripts));
  const byNode = /\bnode\b[^&|;]*\s--test\b/.test(scripts) ? 'node --test' : undefined;
  const name = wanted ?? inScript ?? byNode ?? SCRIPT_RUNNERS.find((r) => all.has(r));
  if (name === undefined) return undefined;
  const { folder } = manifest;
  const has = (lock: string): boolean => nearest(lock) !== undefined;
  const exec = has('pnpm-lock.yaml') ? 'pnpm exec' : has('yarn.lock') ? 'yarn' : has('bun.lock') || has('bun.lockb') ? 'bunx' : 'npx';
  const file = relative(folder, test);
  const run = name.includes(' ') ? name : `${exec} ${name}${name === 'vitest' ? ' run' : ''}`;
  const command = [run, ...setUpOf(scripts, name), file].join(' ');
  const lines = manifest.text.split('\n');
  const told = lines.flatMap((l, line) =>
    /^\s*"(?:pre|post)?test[\w:-]*"\s*:/.test(l) || l.includes(`"${name}"`) ? [{ path: manifest.path, line }] : [],
  );
  return { name, command, folder, told };
};

const python: Rule = ({ test, imported, nearest }) => {
  const settings = nearest('pytest.ini', 'conftest.py', 'pyproject.toml', 'tox.ini', 'setup.cfg');
  const isPytest =
    imported.has('pytest') || (settings !== undefined && (/pytest/.test(settings.text) || settings.path.endsWith('conftest.py')));
  const root = nearest('pyproject.toml', 'setup.cfg', 'setup.py', 'tox.ini', 'pytest.ini');
  const folder = root?.folder ?? '';
  const file = relative(folder, test);
  return isPytest
    ? { name: 'pytest', command: `python -m pytest ${file}`, folder, told: linesWith(settings, /pytest/) }
    : { name: 'unittest', command: `python -m unittest ${file}`, folder, told: [] };
};

const go: Rule = ({ test, nearest, imported }) => {
  const module = nearest('go.mod');
  const folder = module?.folder ?? '';
  const at = relative(folder, test).replace(/\/?[^/]+$/, '');
  const testify = [...imported].some((i) => i.startsWith('github.com/stretchr/testify'));
  return {
    name: testify ? 'go test with testify' : 'go test',
    command: `go test ./${at}`,
    folder,
    told: linesWith(module, /^module |testify/),
  };
};

const rust: Rule = ({ test, nearest }) => {
  const manifest = nearest('Cargo.toml');
  if (!manifest) return undefined;
  const [, target] = /(?:^|\/)tests\/([^/]+)\.rs$/.exec(test) ?? [];
  return {
    name: 'cargo test',
    command: target === undefined ? 'cargo test' : `cargo test --test ${target}`,
    folder: manifest.folder,
    told: linesWith(manifest, /^name\s*=|dev-dependencies/),
  };
};

const jvm: Rule = ({ test, imported, nearest }) => {
  const build = nearest('pom.xml', 'build.gradle.kts', 'build.gradle', 'build.sbt');
  if (!build) return undefined;
  const names = [...imported];
  const framework = names.some((i) => i.startsWith('org.junit.jupiter'))
    ? 'JUnit 5'
    : names.some((i) => i.startsWith('org.junit'))
      ? 'JUnit 4'
      : names.some((i) => i.startsWith('org.scalatest'))
        ? 'ScalaTest'
        : names.some((i) => i.startsWith('kotlin.test'))
          ? 'kotlin.test'
          : names.some((i) => i.startsWith('org.testng'))
            ? 'TestNG'
            : 'JUnit';
  const name = stem(test);
  // In a build of several modules the tools are run at its root.
  const wrapper = nearest('gradlew', 'mvnw');
  const folder = build.folder;
  if (build.path.endsWith('pom.xml')) {
    const mvn = wrapper?.path.endsWith('mvnw') ? `${up(folder, wrapper.folder)}mvnw` : 'mvn';
    return {
      name: `${framework} with Maven`,
      command: `${mvn} -Dtest=${name} test`,
      folder,
      told: linesWith(build, /junit|testng|surefire|failsafe/i),
    };
  }
  if (build.path.endsWith('.sbt'))
    return { name: `${framework} with sbt`, command: `sbt "testOnly *${name}"`, folder, told: linesWith(build, /scalatest|munit|specs2/i) };
  const gradle = wrapper?.path.endsWith('gradlew') ? `${up(folder, wrapper.folder)}gradlew` : 'gradle';
  return {
    name: `${framework} with Gradle`,
    command: `${gradle} test --tests ${name}`,
    folder,
    told: linesWith(build, /junit|testng|kotest|kotlin\("test|useJUnit/i),
  };
};

const csharp: Rule = ({ test, imported, snapshot }) => {
  const project = foldersUp(folderOf(test)).flatMap((folder) =>
    snapshot.entries.filter((e) => e.path.endsWith('.csproj') && folderOf(e.path) === folder),
  )[0];
  const has = (name: string): boolean => [...imported].some((i) => i === name || i.startsWith(`${name}.`));
  const text = (project && snapshot.text(project.path)) ?? '';
  const name = has('Xunit') || /xunit/i.test(text) ? 'xUnit' : has('NUnit') || /nunit/i.test(text) ? 'NUnit' : 'MSTest';
  return {
    name: `${name} with dotnet`,
    command: `dotnet test${project ? ` ${project.path}` : ''} --filter FullyQualifiedName~${stem(test)}`,
    folder: '',
    told: project ? linesWith({ path: project.path, folder: '', text }, /xunit|nunit|MSTest/i) : [],
  };
};

const ruby: Rule = ({ test, nearest, imported }) => {
  const gems = nearest('Gemfile', '.rspec');
  const folder = gems?.folder ?? '';
  const file = relative(folder, test);
  if (test.endsWith('_spec.rb')) return { name: 'RSpec', command: `bundle exec rspec ${file}`, folder, told: linesWith(gems, /rspec/) };
  const rails = nearest('bin/rails') !== undefined && [...imported].some((i) => i.endsWith('test_helper'));
  return {
    name: 'Minitest',
    command: rails ? `bin/rails test ${file}` : `bundle exec ruby -Ilib -Itest ${file}`,
    folder,
    told: linesWith(gems, /minitest|test-unit/),
  };
};

const php: Rule = ({ test, nearest }) => {
  const manifest = nearest('composer.json');
  const folder = manifest?.folder ?? '';
  const pest = /"pestphp\/pest"/.test(manifest?.text ?? '');
  return {
    name: pest ? 'Pest' : 'PHPUnit',
    command: `vendor/bin/${pest ? 'pest' : 'phpunit'} ${relative(folder, test)}`,
    folder,
    told: linesWith(manifest, /phpunit|pestphp/),
  };
};

const swift: Rule = ({ test, nearest }) => {
  const manifest = nearest('Package.swift');
  return {
    name: 'swift test',
    command: `swift test --filter ${stem(test)}`,
    folder: manifest?.folder ?? '',
    told: linesWith(manifest, /testTarget/),
  };
};

/** By language id. */
const RULES: Readonly<Record<string, Rule>> = {
  javascript: script,
  typescript: script,
  tsx: script,
  python,
  go,
  rust,
  java: jvm,
  kotlin: jvm,
  scala: jvm,
  csharp,
  ruby,
  php,
  swift,
};

/** Whether it is known how programs in this language are tested. */
export const hasTestRules = (language: string | undefined): boolean => language !== undefined && Object.hasOwn(RULES, language);

/** Lines shown of one manifest. */
const SHOWN = 6;

function linesWith(manifest: Manifest | undefined, what: RegExp): TestRunner['told'] {
  if (!manifest) return [];
  const lines = manifest.text.split('\n').flatMap((l, line) => (what.test(l) ? [{ path: manifest.path, line }] : []));
  return lines.slice(0, SHOWN);
}

/** Options of the project's own test script that load its set-up. */
function setUpOf(scripts: string, runner: string): string[] {
  const line = scripts.split('\n').find((s) => s.includes(runner.split(' ')[0]!)) ?? '';
  return [...line.matchAll(/(?:^|\s)((?:-r|-c|--require|--import|--config|--loader|--project)(?:=|\s+)[^\s&|;]+)/g)].map((m) =>
    m[1]!.replace(/\s+/, ' '),
  );
}

/** The scripts that test, and the names of all dependencies, of a package.json that may be wrong. */
function readPackage(text: string): { readonly scripts: string; readonly all: ReadonlySet<string> } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { scripts: '', all: new Set() };
  }
  const field = (name: string): [string, unknown][] => Object.entries(Object((json as Record<string, unknown> | null)?.[name]));
  const scripts = field('scripts')
    .filter(([name]) => /test|unit|spec/.test(name))
    .map(([, command]) => String(command));
  return { scripts: scripts.join('\n'), all: new Set([...field('dependencies'), ...field('devDependencies')].map(([name]) => name)) };
}

const relative = (folder: string, path: string): string => (folder === '' ? path : path.slice(folder.length + 1));

/** "./" or "../../": the way from a folder up to one around it. */
function up(from: string, to: string): string {
  const steps = (from === '' ? 0 : from.split('/').length) - (to === '' ? 0 : to.split('/').length);
  return steps === 0 ? './' : '../'.repeat(steps);
}

const stem = (path: string): string => nameOf(path).replace(/\.[^.]+$/, '');
