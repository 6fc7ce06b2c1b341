/** Findings as diagnostics, where the setting asks for them: one on each line that shows one. */
import * as vscode from 'vscode';
import type { Severity } from '../../graph/findings/finding.js';
import { absoluteOf } from '../trees/file-places.js';
import type { WorkspaceIndex } from '../workspace-index.js';
import { kindDocument } from './kind-documents.js';
import type { Shown, WorkspaceFindings } from './workspace-findings.js';

const SETTING = 'longview.findings.diagnostics';
/** Other lines of the same finding that a diagnostic leads to. */
const RELATED = 10;

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  high: vscode.DiagnosticSeverity.Warning,
  medium: vscode.DiagnosticSeverity.Information,
  low: vscode.DiagnosticSeverity.Hint,
};

export class FindingDiagnostics implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection('longview');
  #watching: vscode.Disposable | undefined;
  readonly #subscriptions: vscode.Disposable;

  constructor(
    private readonly index: WorkspaceIndex,
    private readonly findings: WorkspaceFindings,
  ) {
    this.#subscriptions = vscode.Disposable.from(
      this.#collection,
      findings.onDidChange(({ kind }) => kind === 'found' && this.#show()),
      vscode.workspace.onDidChangeConfiguration((e) => e.affectsConfiguration(SETTING) && this.#follow()),
      // Where a line begins is known of open files alone.
      vscode.workspace.onDidOpenTextDocument(({ uri }) => this.#watching && uri.scheme === 'file' && this.#showFile(uri)),
      { dispose: () => this.#watching?.dispose() },
    );
    this.#follow();
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #follow(): void {
    if (vscode.workspace.getConfiguration().get<boolean>(SETTING) === true) {
      this.#watching ??= this.findings.watch();
      this.#show();
    } else {
      this.#watching?.dispose();
      this.#watching = undefined;
      this.#collection.clear();
    }
  }

  #show(): void {
    if (!this.#watching) return;
    const { byFile } = this.findings;
    for (const [uri] of this.#collection) if (!byFile.has(uri.fsPath)) this.#collection.delete(uri);
    const open = openDocuments();
    for (const [absolute, shown] of byFile) {
      this.#collection.set(
        vscode.Uri.file(absolute),
        shown.map((s) => this.#diagnostic(s, open.get(absolute))),
      );
    }
  }

  #showFile(uri: vscode.Uri): void {
    const shown = this.findings.in(uri.fsPath);
    const document = openDocuments().get(uri.fsPath);
    if (shown.length > 0)
      this.#collection.set(
        uri,
        shown.map((s) => this.#diagnostic(s, document)),
      );
  }

  #diagnostic({ finding, evidence }: Shown, document: vscode.TextDocument | undefined): vscode.Diagnostic {
    const diagnostic = new vscode.Diagnostic(
      lineRange(evidence.line, document),
      `${finding.message} (${evidence.words})`,
      SEVERITIES[finding.severity],
    );
    diagnostic.source = 'Longview';
    diagnostic.code = { value: finding.kind, target: kindDocument(finding.kind) };
    const roots = this.index.last?.roots ?? [];
    diagnostic.relatedInformation = finding.evidence
      .filter((other) => other !== evidence)
      .slice(0, RELATED)
      .flatMap(({ path, line, words }) => {
        const absolute = absoluteOf(roots, path);
        if (absolute === undefined) return [];
        return [new vscode.DiagnosticRelatedInformation(new vscode.Location(vscode.Uri.file(absolute), lineRange(line, undefined)), words)];
      });
    return diagnostic;
  }
}

function openDocuments(): ReadonlyMap<string, vscode.TextDocument> {
  return new Map(vscode.workspace.textDocuments.filter((d) => d.uri.scheme === 'file').map((d) => [d.uri.fsPath, d]));
}

/** The text of a line without its indentation; of a file that is not open the whole line. */
function lineRange(line: number, document: vscode.TextDocument | undefined): vscode.Range {
  const text = document && line < document.lineCount ? document.lineAt(line) : undefined;
  if (!text) return new vscode.Range(line, 0, line, Number.MAX_SAFE_INTEGER);
  return new vscode.Range(line, text.firstNonWhitespaceCharacterIndex, line, text.range.end.character);
}
