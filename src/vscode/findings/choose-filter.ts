/** Longview: Filter Findings… asks which kinds and severities are to be shown. */
import * as vscode from 'vscode';
import { FINDING_KINDS, SEVERITIES } from '../../graph/findings/finding.js';
import type { FindingFilter } from './finding-rows.js';
import { KINDS, SEVERITY_WORDS } from './finding-words.js';

/** Undefined where the user gave up. */
export async function chooseFilter(now: FindingFilter): Promise<FindingFilter | undefined> {
  const left: readonly string[] = [...now.kinds, ...now.severities];
  const row = (id: string, label: string, description: string) => ({ id, label, description, picked: !left.includes(id) });
  const separator = (label: string) => ({ id: '', label, kind: vscode.QuickPickItemKind.Separator });
  const picked = await vscode.window.showQuickPick(
    [
      separator('Severity'),
      ...SEVERITIES.map((s) => row(s, SEVERITY_WORDS[s].title, '')),
      separator('Kind'),
      ...FINDING_KINDS.map((k) => row(k, KINDS[k].title, KINDS[k].means)),
    ],
    { title: 'Findings to Show', placeHolder: 'What has no check is left out', canPickMany: true, matchOnDescription: true },
  );
  if (!picked) return undefined;
  const chosen = new Set(picked.map(({ id }) => id));
  return { kinds: FINDING_KINDS.filter((k) => !chosen.has(k)), severities: SEVERITIES.filter((s) => !chosen.has(s)) };
}
