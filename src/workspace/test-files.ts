/**
 * Which files are tests, by the rules of the tools that run them:
 *
 * - JavaScript, TypeScript: Jest and Vitest (`__tests__/`, `*.test.*`, `*.spec.*`), Cypress (`*.cy.*`), Angular and
 *   Nest (`*.e2e-spec.*`), tsd (`*.test-d.ts`), Deno (`*_test.*`), Mocha, AVA, tap and node --test (`test/`, `tests/`).
 * - Python: pytest (`test_*.py`, `*_test.py`, `conftest.py`), unittest and Django (`tests.py`, `tests/`, `test/` at the top).
 * - Go: `*_test.go`, and what the go command skips for tests to use (`testdata/`). Its folders mean nothing else.
 * - Rust: Cargo (`tests/` beside `src/`), and the modules that `#[cfg(test)] mod tests;` names.
 * - Java, Kotlin, Scala: Maven, Gradle and sbt (any source set but main: `src/test/`, `src/jvmTest/`, `src/it/`); elsewhere
 *   Surefire and Failsafe (`Test*`, `*Test`, `*Tests`, `*TestCase`, `*IT`), ScalaTest (`*Spec`, `*Suite`). Never `src/main/`, but in sbt's scripted tests.
 * - C#: projects and folders of tests (`Foo.Tests/`, `test/`), and `*Test.cs`, `*Tests.cs`.
 * - Ruby: RSpec (`spec/`, `*_spec.rb`), Minitest (`test/`, `*_test.rb`, `test_*.rb`), Cucumber's steps; not below `lib/` or `app/`.
 * - PHP: PHPUnit (`*Test.php`, `tests/`, `Tests/`, `test/` at the top), `*.phpt`. Swift: `Tests/`, `FooTests/`, `*Tests.swift`.
 * - C, C++: GoogleTest, Catch2 and what CMake projects do (`test/`, `tests/`, `*_test.cc`, `*_unittest.cc`, `test_*.c`, `*.tests.cpp`).
 * - Bash: bats (`*.bats`), `test/`, `tests/`.
 *
 * Any other file (data, configuration, a language without rules here) is one by its folder.
 */
interface Rule {
  /** Matched against the whole path. */
  readonly is: RegExp;
  readonly not?: RegExp;
}

/** Whatever the language, and for all that has no rule below. */
const ANY = /(^|\/)src\/test\//;
const OTHER: Rule = { is: /(^|\/)(tests?|__tests__|__snapshots__|testdata)\/|\.(phpt|bats|feature)$|_(test|spec)\.(exs|dart|lua|clj)$/i };

const script: Rule = {
  is: /(^|\/)(__tests__|__mocks__|tests?)\/|[^/]\.([a-z0-9]+-)?(test|tests|spec|cy|e2e|test-d)\.[cm]?[jt]sx?$|_test\.[cm]?[jt]sx?$/,
};
const jvm: Rule = {
  is: /(^|\/)src\/(test\w*|\w+Test\w*|it|sbt-test)\/|(^|\/)(Test[A-Z][^/]*\.java|[^/]*[a-z0-9](Test|Tests|TestCase|IT)\.(java|kt|groovy))$|[a-z0-9](Test|Tests|Spec|Suite)\.scala$|(^|\/)tests?\//,
  not: /(?<!\/sbt-test\/.*)(^|\/)src\/(\w+\/)?main\//,
};
const native: Rule = {
  is: /(^|\/)([tT]ests?|[uU]nit_?[tT]ests?)\/|(^|\/)test_[^/]+$|_(test|tests|unittest)\.\w+$|\.tests?\.\w+$|[a-z0-9]Tests?\.\w+$/,
};

const RULES: Readonly<Record<string, Rule>> = {
  javascript: script,
  typescript: script,
  tsx: script,
  python: { is: /(^|\/)(test_[^/]+|[^/]+_test|conftest|tests)\.pyi?$|(^|\/)tests\/|^test\// },
  go: { is: /_test\.go$|(^|\/)testdata\// },
  rust: { is: /(^|\/)tests\/|(^|\/)tests\.rs$|_tests?\.rs$/ },
  java: jvm,
  kotlin: jvm,
  scala: jvm,
  c: native,
  cpp: native,
  csharp: { is: /(^|\/)([tT]ests?|[^/]*[.\-_][tT]ests?|[^/]*[a-z0-9]Tests?)\/|[a-z0-9]Tests?\.cs$/ },
  ruby: {
    is: /(^|\/)(test|spec)\/|_(spec|test)\.rb$|(^|\/)test_[^/]+\.rb$|(^|\/)features\/(step_definitions|support)[/.]/,
    not: /(^|\/)(lib|app)\/(.*\/)?(test|spec|test_[^/]*)(\/|\.rb$)(?!.*_(test|spec)\.rb$)/,
  },
  php: { is: /(^|\/)[tT]ests\/|^test\/|[a-z0-9]Test\.php$/ },
  swift: { is: /(^|\/)(Tests|[^/]*[a-z0-9]Tests)\/|[a-z0-9]Tests?\.swift$/ },
  bash: { is: /(^|\/)tests?\/|\.bats$/ },
};

/** Whether a file is a test, or there for tests alone; `language` as its name gives it. */
export function isTest(path: string, language: string | undefined): boolean {
  const { is, not } = (language === undefined ? undefined : RULES[language]) ?? OTHER;
  return ANY.test(path) || (is.test(path) && not?.test(path) !== true);
}
