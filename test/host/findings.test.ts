import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { FindingRow, FindingsRow } from '../../src/vscode/findings/finding-rows.js';
import type { Longview } from '../../src/vscode/longview.js';
import { eventually, openSampleFile } from './editor.js';
import { opened } from './opened.js';

let longview: Longview;
const root = (): vscode.Uri => vscode.workspace.workspaceFolders![0]!.uri;
const booking = (): vscode.Uri => vscode.Uri.joinPath(root(), 'src/booking.ts');

before(async () => {
  longview = await opened();
});

/** The finding of the sample's cycle, as soon as the view lists it. */
async function cycleRow(): Promise<FindingRow> {
  const { findingsView } = longview;
  let found: FindingRow | undefined;
  await eventually(async () => {
    const rows = findingsView.getChildren().flatMap((group) => findingsView.getChildren(group));
    found = rows.find((r): r is FindingRow => r.kind === 'finding' && r.finding.kind === 'cycle');
    assert.ok(found);
  });
  return found!;
}

const gone = (): Promise<void> => eventually(async () => assert.ok(longview.findings.last?.findings.every((f) => f.kind !== 'cycle')));

async function actionsAt(line: number): Promise<vscode.CodeAction[]> {
  return await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    booking(),
    new vscode.Range(line, 0, line, 0),
    vscode.CodeActionKind.QuickFix.value,
  );
}

describe('Findings', () => {
  beforeEach(() => vscode.commands.executeCommand('longview.findings.focus'));

  it('lists what the graph shows, with lines that open where they are', async () => {
    const { findingsView } = longview;
    const row = await cycleRow();
    const item = findingsView.getTreeItem(row);
    assert.equal(item.label, 'booking.ts → tracking.ts');
    assert.match(String(item.description), /^acyclic dependencies · 2 files depend on each other/);
    assert.match(
      item.accessibilityInformation?.label ?? '',
      /^booking\.ts → tracking\.ts, low severity, acyclic dependencies: 2 files .* 2 lines that show it$/,
    );
    const line = findingsView.getChildren(row).find((r): r is FindingsRow & { kind: 'evidence' } => r.kind === 'evidence');
    assert.equal(line?.path, 'src/booking.ts');
    const { command, arguments: given = [] } = findingsView.getTreeItem(line!).command!;
    await vscode.commands.executeCommand(command, ...given);
    await eventually(async () => {
      const editor = vscode.window.activeTextEditor!;
      assert.equal(editor.document.uri.path, booking().path);
      assert.match(editor.document.lineAt(editor.selection.active.line).text, /tracking/);
    });
  });

  it('groups by kind and leaves out what the filter says', async () => {
    const { findingsView } = longview;
    await cycleRow();
    await vscode.commands.executeCommand('longview.groupFindingsByKind');
    try {
      assert.ok(findingsView.getChildren().some((r) => r.kind === 'group' && r.by === 'cycle'));
      findingsView.filter = { kinds: ['cycle'], severities: [] };
      assert.ok(findingsView.getChildren().every((r) => r.kind === 'group' && r.by !== 'cycle'));
      assert.match(findingsView.view.description ?? '', /1 filtered out/);
    } finally {
      await vscode.commands.executeCommand('longview.showAllFindings');
      await vscode.commands.executeCommand('longview.groupFindingsBySeverity');
    }
    await cycleRow();
  });

  it('shows rules that are wrong as a row that opens them', async () => {
    const { findingsView } = longview;
    const rules = vscode.Uri.joinPath(root(), '.longview/rules.json');
    await vscode.workspace.fs.writeFile(rules, new TextEncoder().encode('{"suppres": []}'));
    await eventually(async () => {
      const [first] = findingsView.getChildren();
      assert.equal(first?.kind, 'wrong-rules');
      const item = findingsView.getTreeItem(first!);
      assert.match(String(item.description), /"suppres" is unknown/);
      assert.equal(item.command?.arguments?.[0].path, rules.path);
    });
    await vscode.workspace.fs.delete(rules);
    await eventually(async () => assert.notEqual(findingsView.getChildren()[0]?.kind, 'wrong-rules'));
  });

  it('accepts a finding with a comment that one undo takes back', async () => {
    const row = await cycleRow();
    await vscode.commands.executeCommand('longview.acceptWithComment', row);
    const document = vscode.window.activeTextEditor!.document;
    assert.equal(document.uri.path, booking().path);
    assert.match(document.getText(), /^\/\/ longview-ignore cycle\nimport .*tracking/m);
    await gone();
    await vscode.commands.executeCommand('undo');
    assert.doesNotMatch(document.getText(), /longview-ignore/);
    await cycleRow();
  });

  it('is shown as diagnostics where the setting asks for them, and no longer when it does not', async () => {
    const settings = vscode.workspace.getConfiguration('longview');
    const shown = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(booking()).filter((d) => d.source === 'Longview');
    await cycleRow();
    assert.deepEqual(shown(), []);
    await settings.update('findings.diagnostics', true, vscode.ConfigurationTarget.Workspace);
    try {
      await openSampleFile('src/booking.ts');
      await eventually(async () => assert.equal(shown().length, 1));
      const [diagnostic] = shown();
      assert.equal(diagnostic?.severity, vscode.DiagnosticSeverity.Hint);
      assert.match(diagnostic?.message ?? '', /^2 files depend on each other.*\(depends on src\/tracking\.ts/);
      assert.equal(diagnostic?.relatedInformation?.[0]?.location.uri.path.endsWith('/src/tracking.ts'), true);
      const { target } = diagnostic!.code as { target: vscode.Uri };
      assert.match((await vscode.workspace.openTextDocument(target)).getText(), /^# Cycles\n/);
    } finally {
      await settings.update('findings.diagnostics', undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually(async () => assert.deepEqual(shown(), []));
  });

  it('is offered an answer by the lightbulb, without diagnostics', async () => {
    const row = await cycleRow();
    const { line } = row.finding.evidence[0]!;
    const actions = await actionsAt(line);
    const titles = actions.map((a) => a.title);
    for (const title of ['Break Dependency Cycle with Longview…', 'Accept “cycle” Here with a Comment', 'Accept “cycle” in the Rules…'])
      assert.ok(titles.includes(title), `${title} is not among ${titles.join(', ')}`);
    const breaking = actions.find((a) => a.title.startsWith('Break'));
    assert.equal(breaking?.command?.command, 'longview.runAction');
    assert.deepEqual(breaking?.command?.arguments?.[0].target.finding.files, ['src/booking.ts', 'src/tracking.ts']);
    const elsewhere = await actionsAt(line + 12);
    assert.ok(elsewhere.every((a) => !a.title.includes('“cycle”')));
  });
});
