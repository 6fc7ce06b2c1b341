/** Files that do more than the change of a program: a proposal may touch one only where the user agrees to that file by name. */
import { foldedPath } from '../base/paths.js';

export interface ProtectedClass {
  /** Says why it is protected. */
  readonly name: string;
  /** Tested against the path as {@link foldedPath} makes it. */
  readonly pattern: RegExp;
  /** No consent allows it. */
  readonly never?: boolean;
}

const below = (folders: string): RegExp => new RegExp(`(?:^|/)(?:${folders})(?:/|$)`);
const named = (names: string): RegExp => new RegExp(`(?:^|/)(?:${names})$`);

const PROTECTED_CLASSES: readonly ProtectedClass[] = [
  { name: 'inside of version control: git runs what is written there', pattern: below('\\.git|\\.hg|\\.svn|\\.jj'), never: true },
  { name: 'settings of git that apply to everybody', pattern: named('\\.gitattributes|\\.gitmodules|\\.gitconfig') },
  {
    name: 'settings of an editor, which can run programs when the folder is opened',
    pattern: below(
      '\\.vscode|\\.idea|\\.fleet|\\.zed|\\.devcontainer|\\.cursor|[^/]+\\.code-workspace|\\.exrc|\\.nvimrc|\\.dir-locals\\.el',
    ),
  },
  {
    name: 'continuous integration, which runs with keys of its own',
    pattern:
      /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.buildkite|\.teamcity|\.woodpecker|\.drone|\.ci)\/|(?:^|\/)(?:\.gitlab-ci\.ya?ml|\.travis\.ya?ml|azure-pipelines[^/]*\.ya?ml|bitbucket-pipelines\.ya?ml|jenkinsfile|appveyor\.ya?ml|\.drone\.ya?ml|cloudbuild\.ya?ml|buildspec\.ya?ml)$/,
  },
  {
    name: 'a hook or script that runs by itself',
    pattern:
      /(?:^|\/)(?:\.husky|\.githooks|githooks|\.lefthook)\/|(?:^|\/)(?:\.?lefthook[^/]*\.ya?ml|\.pre-commit-config\.ya?ml|\.envrc|\.tool-versions|\.mise\.toml|setup\.py|conftest\.py|sitecustomize\.py|usercustomize\.py|build\.rs|\.yarnrc(?:\.ya?ml)?|\.npmrc|\.pnpmfile\.c?js|\.bazelrc|gradlew(?:\.bat)?|mvnw(?:\.cmd)?|\.mvn\/.*|gradle-wrapper\.(?:jar|properties)|\.bash(?:rc|_profile)|\.zshrc|\.zshenv|\.profile)$/,
  },
  {
    name: 'a manifest: what is installed, and scripts that run when it is',
    pattern: named(
      'package\\.json|composer\\.json|pyproject\\.toml|setup\\.cfg|cargo\\.toml|\\.cargo/config(?:\\.toml)?|gemfile|[^/]+\\.gemspec|requirements[^/]*\\.txt|pipfile|go\\.mod|go\\.work|pom\\.xml|(?:build|settings)\\.gradle(?:\\.kts)?|[^/]+\\.(?:cs|fs|vb)proj|directory\\.build\\.(?:props|targets)|nuget\\.config|package\\.swift|build\\.sbt|makefile|gnumakefile|dockerfile[^/]*|[^/]*\\.dockerfile|docker-compose[^/]*\\.ya?ml|compose\\.ya?ml',
    ),
  },
  {
    name: 'a lock file, which a package manager writes',
    pattern: named(
      'package-lock\\.json|npm-shrinkwrap\\.json|yarn\\.lock|pnpm-lock\\.yaml|bun\\.lockb?|composer\\.lock|gemfile\\.lock|cargo\\.lock|poetry\\.lock|pdm\\.lock|uv\\.lock|pipfile\\.lock|go\\.sum|packages\\.lock\\.json|package\\.resolved|gradle\\.lockfile|flake\\.lock|deno\\.lock',
    ),
  },
  { name: "Longview's own rules and policy", pattern: below('\\.longview|\\.longviewignore') },
  {
    name: 'rules that other assistants follow',
    pattern: named('agents\\.md|claude\\.md|gemini\\.md|\\.cursorrules|\\.windsurfrules|\\.mcp\\.json'),
  },
];

/** The class that protects a path, if one does. */
export function protectedClass(path: string): ProtectedClass | undefined {
  const folded = foldedPath(path);
  return PROTECTED_CLASSES.find(({ pattern }) => pattern.test(folded));
}
