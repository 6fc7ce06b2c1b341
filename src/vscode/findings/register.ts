/** Findings in the editor: the view, diagnostics, the lightbulb, and what can be done on a finding. */
import * as vscode from 'vscode';
import type { Finding } from '../../graph/findings/finding.js';
import type { Services } from '../services.js';
import { type Acceptable, acceptInRules, acceptWithComment } from './accept-commands.js';
import { chooseFilter } from './choose-filter.js';
import { FindingDiagnostics } from './diagnostics.js';
import { SHOW_ALL } from './finding-rows.js';
import { FindingsView } from './findings-view.js';
import { registerKindDocuments } from './kind-documents.js';
import { registerLightbulb } from './lightbulb.js';
import { solutionOf } from './solutions.js';
import { WorkspaceFindings } from './workspace-findings.js';

export interface RegisteredFindings extends vscode.Disposable {
  readonly findings: WorkspaceFindings;
  readonly findingsView: FindingsView;
}

export function registerFindings({ index }: Services, memento: vscode.Memento): RegisteredFindings {
  const findings = new WorkspaceFindings(index);
  const view = new FindingsView(index, findings, memento);
  /** Calls `then` with what a command was called on: a row, an object of the lightbulb, else the selected row. */
  const on = async (asked: unknown, then: (on: Acceptable) => unknown): Promise<void> => {
    const target = [asked, view.view.selection[0]].find(isAcceptable);
    if (target) await then(target);
    else void vscode.window.showInformationMessage('Select a finding in the view Findings first.');
  };
  const accept = (asked: unknown, how: typeof acceptInRules): Promise<void> =>
    on(asked, async (target) => {
      await how(index, target);
      findings.again();
    });
  const run = (asked: unknown, actionFor: (finding: Finding) => { readonly action: string; readonly wish?: string }): Promise<void> =>
    on(asked, ({ finding }) => {
      const { action, wish } = actionFor(finding);
      return vscode.commands.executeCommand('longview.runAction', { action, target: { kind: 'finding', finding }, wish });
    });
  const commands: Readonly<Record<string, (asked?: unknown) => unknown>> = {
    groupFindingsBySeverity: () => (view.grouping = 'severity'),
    groupFindingsByKind: () => (view.grouping = 'kind'),
    filterFindings: async () => (view.filter = (await chooseFilter(view.filter)) ?? view.filter),
    showAllFindings: () => (view.filter = SHOW_ALL),
    acceptWithComment: (asked) => accept(asked, acceptWithComment),
    acceptByRule: (asked) => accept(asked, acceptInRules),
    solveFinding: (asked) => run(asked, solutionOf),
    explainFinding: (asked) => run(asked, () => ({ action: 'explain' })),
    copyFinding: (asked) => on(asked, ({ finding }) => vscode.env.clipboard.writeText(textOf(finding))),
  };
  const all = vscode.Disposable.from(
    findings,
    view,
    new FindingDiagnostics(index, findings),
    registerKindDocuments(),
    registerLightbulb(findings),
    ...Object.entries(commands).map(([name, then]) => vscode.commands.registerCommand(`longview.${name}`, then)),
  );
  return { findings, findingsView: view, dispose: () => all.dispose() };
}

function isAcceptable(asked: unknown): asked is Acceptable {
  return typeof asked === 'object' && asked !== null && 'finding' in asked;
}

function textOf({ kind, message, evidence }: Finding): string {
  return [`${kind}: ${message}`, ...evidence.map((e) => `  ${e.path}:${e.line + 1}  ${e.words}`)].join('\n');
}
