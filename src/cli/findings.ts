import { atOnce } from '../base/steps.js';
import { readRulesFiles } from '../engine/rules-files.js';
import { findFindings } from '../graph/findings/find.js';
import { FINDING_KINDS, type Finding, type FindingKind, SEVERITIES, type Severity } from '../graph/findings/finding.js';
import { RULES_FILE, type Rules } from '../graph/findings/rules.js';
import type { Sorted } from '../graph/findings/suppress.js';
import type { Snapshot } from '../index/snapshot.js';
import { COMMON_HELP, type Command, CommandError, EXIT, parseCommand } from './command.js';
import { formatPath } from './table.js';
import { openSnapshot } from './workspace.js';

const help = `longview findings [options]

Lists design problems that the graph shows, most severe first, each with the lines
that show it. docs/findings.md says what each kind means and how often it is right.

  --kind KINDS    these kinds alone (comma between): ${FINDING_KINDS.join(', ')}
  --check         exit with 3 when there is one
${COMMON_HELP}

Layers and accepted findings are in ${RULES_FILE}. A comment "longview-ignore KIND" on
or above a line of evidence accepts a finding too.

JSON: {"findings": [{"kind", "principle", "severity", "files", "message", "key", "evidence": [{"path", "line", "words"}]}], "suppressed": n}
Lines count from 1.
`;

export const findingsCommand: Command = {
  name: 'findings',
  summary: 'design problems that the graph shows, with the lines that show them',
  help,
  async run(context) {
    const { values } = parseCommand('findings', context.args, { kind: { type: 'string' }, check: { type: 'boolean' } }, 0);
    const kinds = values.kind === undefined ? FINDING_KINDS : values.kind.split(',').map(kindOf);
    const snapshot = await openSnapshot(values, context);
    const sorted = atOnce(findFindings(snapshot, rulesOf(snapshot), kinds));
    context.terminal.write(values.json === true ? `${JSON.stringify(asJson(sorted), null, 2)}\n` : describe(sorted));
    return values.check === true && sorted.shown.length > 0 ? EXIT.found : EXIT.done;
  },
};

function kindOf(name: string): FindingKind {
  const kind = FINDING_KINDS.find((k) => k === name);
  if (!kind) throw new CommandError(`--kind "${name}" is none of ${FINDING_KINDS.join(', ')}.`, EXIT.usage);
  return kind;
}

/** The rules of all roots; a file that is wrong ends the command. */
export function rulesOf({ roots }: Snapshot): Rules {
  const { rules, wrong } = readRulesFiles(roots);
  if (wrong[0]) throw new CommandError(`${wrong[0].path}: ${wrong[0].problems.join('\n  ')}`);
  return rules;
}

const asJson = ({ shown, suppressed }: Sorted) => ({
  findings: shown.map(({ kind, principle, severity, files, message, key, evidence }) => ({
    kind,
    principle,
    severity,
    files,
    message,
    key,
    evidence: evidence.map(({ path, line, words }) => ({ path, line: line + 1, words })),
  })),
  suppressed: suppressed.length,
});

const TITLES: Readonly<Record<Severity, string>> = { high: 'High', medium: 'Medium', low: 'Low' };

function describe({ shown, suppressed }: Sorted): string {
  const accepted = suppressed.length === 0 ? '' : `; ${suppressed.length} suppressed`;
  if (shown.length === 0) return `No findings${accepted}.\n`;
  const groups = SEVERITIES.flatMap((severity) => {
    const of = shown.filter((f) => f.severity === severity);
    return of.length === 0 ? [] : [`${TITLES[severity]} (${of.length})\n\n${of.map(describeOne).join('\n')}`];
  });
  return `${groups.join('\n')}\n${shown.length === 1 ? '1 finding' : `${shown.length} findings`}${accepted}.\n`;
}

function describeOne({ kind, message, evidence }: Finding): string {
  return `${kind}: ${formatPath(message)}\n${evidence.map((e) => `  ${formatPath(e.path)}:${e.line + 1}  ${formatPath(e.words)}\n`).join('')}`;
}
