/** What the rows of Findings say, and what each kind of finding means. */
import { counted, formatCount } from '../../base/count.js';
import { folderOf, nameOf } from '../../base/paths.js';
import type { Finding, FindingKind, Severity } from '../../graph/findings/finding.js';
import { dotted } from '../trees/words.js';
import type { FindingsRow } from './finding-rows.js';

interface KindWords {
  /** Of a group. */
  readonly title: string;
  /** One sentence, without a full stop. */
  readonly means: string;
}

export const KINDS: Readonly<Record<FindingKind, KindWords>> = {
  layering: { title: 'Broken Layers', means: 'an import that a rule of .longview/rules.json forbids' },
  'concrete-dependency': { title: 'Concrete Dependencies', means: 'something concrete crosses a border where only abstractions may' },
  cycle: { title: 'Cycles', means: 'files that depend on each other in a ring' },
  'unstable-dependency': { title: 'Unstable Dependencies', means: 'a package that others rely on relies on one that changes more easily' },
  hub: { title: 'Hubs', means: 'a file that much depends on and that depends on much' },
  'refused-override': { title: 'Refused Overrides', means: 'a subtype whose override only throws that it is not supported' },
  'incompatible-override': {
    title: 'Incompatible Overrides',
    means: 'an override that takes less than its base, or gives what the base never gives',
  },
  'empty-override': { title: 'Empty Overrides', means: 'a class that leaves members of an interface empty' },
  'fat-interface': { title: 'Wide Interfaces', means: 'an interface whose clients have no member in common' },
  'god-class': { title: 'Large Classes', means: 'a large class whose members fall into groups that use nothing of each other' },
  'god-file': { title: 'Large Files', means: 'a large file whose definitions fall into groups that use nothing of each other' },
  'type-switch': { title: 'Type Switches', means: 'a function that asks one value for three or more subtypes of a type' },
  'dead-export': { title: 'Dead Exports', means: 'an export that no other file asks for' },
};

export const SEVERITY_WORDS: Readonly<Record<Severity, { readonly title: string; readonly icon: string; readonly color: string }>> = {
  high: { title: 'High', icon: 'error', color: 'list.errorForeground' },
  medium: { title: 'Medium', icon: 'warning', color: 'list.warningForeground' },
  low: { title: 'Low', icon: 'info', color: 'descriptionForeground' },
};

export interface FindingText {
  readonly label: string;
  readonly description: string;
  /** Id of a product icon. */
  readonly icon: string;
  /** Id of a color of the theme. */
  readonly color?: string;
  /** Plain text. */
  readonly tooltip: string;
  /** For those who do not see icons and dots. */
  readonly spoken: string;
}

/** Not of pages: those have no words of their own. */
export function describeFindingRow(row: Exclude<FindingsRow, { kind: 'page' }>): FindingText {
  switch (row.kind) {
    case 'wrong-rules': {
      const { path, problems } = row.wrong;
      return {
        label: path,
        description: problems[0] ?? '',
        icon: 'error',
        color: 'list.errorForeground',
        tooltip: `Nothing of ${path} counts until it is right:\n${problems.join('\n')}`,
        spoken: `${path} is wrong and does not count: ${problems.join(' ')}`,
      };
    }
    case 'group': {
      const count = formatCount(row.findings.length);
      const { title, icon, color, means } = groupWords(row.by);
      const found = counted(row.findings.length, 'finding');
      return {
        label: title,
        description: count,
        icon,
        ...(color === undefined ? {} : { color }),
        tooltip: means === undefined ? `${found} of ${title.toLowerCase()} severity` : `${found}: ${means}`,
        spoken: `${title}, ${found}`,
      };
    }
    case 'finding':
      return describeFinding(row.finding);
    case 'evidence': {
      const { path, line, words } = row.evidence;
      const at = `${nameOf(path)}:${line + 1}`;
      return {
        label: at,
        description: dotted(words, folderOf(path)),
        icon: 'arrow-small-right',
        tooltip: `${path}, line ${formatCount(line + 1)}: ${words}`,
        spoken: `${nameOf(path)} line ${line + 1}: ${words}`,
      };
    }
  }
}

function groupWords(by: Severity | FindingKind): { title: string; icon: string; color?: string; means?: string } {
  return isSeverity(by) ? SEVERITY_WORDS[by] : { ...KINDS[by], icon: 'symbol-ruler' };
}

const isSeverity = (by: Severity | FindingKind): by is Severity => by in SEVERITY_WORDS;

function describeFinding(finding: Finding): FindingText {
  const { kind, principle, severity, message, evidence, files } = finding;
  const { icon, color } = SEVERITY_WORDS[severity];
  const subject = subjectOf(finding);
  return {
    label: subject,
    description: dotted(principle, message),
    icon,
    color,
    tooltip: `${message}\n\n${KINDS[kind].title}: ${KINDS[kind].means}.\nPrinciple: ${principle}. Severity: ${severity}.\n${counted(files.length, 'file')}, ${counted(evidence.length, 'line')} that show it.`,
    spoken: `${subject}, ${severity} severity, ${principle}: ${message} ${counted(evidence.length, 'line')} that show it`,
  };
}

/** What tells a finding from others of its kind in a narrow list: the symbol that its key names, else the ends of its first line. */
function subjectOf({ key, files, evidence }: Finding): string {
  const symbol = /#([^:#]+)/.exec(key)?.[1];
  if (symbol !== undefined) return symbol;
  const first = evidence[0]!.path;
  const other = files.length === 2 ? files.find((f) => f !== first) : undefined;
  return other === undefined ? nameOf(first) : `${nameOf(first)} → ${nameOf(other)}`;
}

/** What a kind means and what can be done, as Markdown. */
export function explainKind(kind: FindingKind): string {
  const { title, means } = KINDS[kind];
  return `# ${title}

\`${kind}\`: ${means}.

Computed from the dependency graph and the symbols of the workspace; no model is asked.

- **Solve it**: the lightbulb on the line, or the menu of the finding in the view *Findings*.
- **Accept it**: a comment \`longview-ignore ${kind}\` on the line or the one above, or an entry with a reason under \`"suppress"\` in \`.longview/rules.json\`:

\`\`\`json
{ "suppress": [{ "kind": "${kind}", "path": "src/legacy/**", "reason": "replaced in spring" }] }
\`\`\`
`;
}
