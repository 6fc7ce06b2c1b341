/** The commands on files: pin, drop, release, level, open, why. Called from rows of both trees, the explorer, an editor's title, or the palette. */
import * as vscode from 'vscode';
import type { WorkspacePath } from '../../workspace/entry.js';
import type { PinLevel } from '../current-pack.js';
import { openAt } from '../open-at.js';
import type { Services } from '../services.js';
import type { ContextFiles } from './context-files.js';
import { isFileRow } from './context-rows.js';
import { absoluteOf } from './file-places.js';
import type { WhyDocuments } from './why-documents.js';

export function registerFileCommands(services: Services, files: ContextFiles, why: WhyDocuments): vscode.Disposable {
  const { index, pack } = services;

  /** Workspace paths of what a command was called on; says so where it is no file of the workspace. */
  async function pathsOf(asked: unknown, all: unknown): Promise<WorkspacePath[]> {
    const chosen = Array.isArray(all) && all.length > 0 ? all : asked !== undefined ? [asked] : [activeFile()];
    const targets = asked === 'selection' ? files.view.selection : chosen;
    const paths: WorkspacePath[] = [];
    for (const target of targets) {
      if (hasPath(target)) paths.push(target.path);
      if (!(target instanceof vscode.Uri)) continue;
      const path = await index.ask('pathOf', target.fsPath);
      if (path !== undefined) paths.push(path);
      else tell(`Longview does not read ${vscode.workspace.asRelativePath(target)}: it is ignored, or no file of the workspace.`);
    }
    return paths;
  }

  async function pin(level: PinLevel, asked: unknown, all: unknown): Promise<void> {
    pack.pin(await pathsOf(asked, all), level);
  }

  async function drop(asked: unknown, all: unknown): Promise<void> {
    pack.drop(await pathsOf(asked, all));
  }

  async function release(asked: unknown, all: unknown): Promise<void> {
    pack.release(await pathsOf(asked, all));
  }

  async function releaseAll(): Promise<void> {
    const { pins, drops } = pack.choice;
    const [pinned, dropped] = [Object.keys(pins).length, drops.length];
    if (pinned + dropped === 0) return tell('Nothing is pinned or dropped.');
    pack.choose({ pins: {}, drops: [] });
    const undo = 'Undo';
    const answer = await vscode.window.showInformationMessage(`Released ${pinned} pinned and ${dropped} dropped files.`, undo);
    if (answer === undo) pack.choose({ pins, drops });
  }

  async function copyPath(asked: unknown, all: unknown, absolute: boolean): Promise<void> {
    const roots = index.last?.roots ?? [];
    const paths = await pathsOf(asked, all);
    if (paths.length > 0) await vscode.env.clipboard.writeText(paths.map((p) => (absolute ? (absoluteOf(roots, p) ?? p) : p)).join('\n'));
  }

  /** What a row of Context Files does: a pack that started anew from every file of it that is looked at would never be the same again. */
  async function glanceAt(asked: unknown): Promise<void> {
    if (!(asked instanceof vscode.Uri)) return;
    pack.glanceAt(asked.fsPath);
    await vscode.commands.executeCommand('vscode.open', asked, { preview: true, preserveFocus: true });
  }

  async function openAside(asked: unknown, all: unknown): Promise<void> {
    for (const path of await pathsOf(asked, all)) {
      const absolute = absoluteOf(index.last?.roots ?? [], path);
      if (absolute) await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(absolute), vscode.ViewColumn.Beside);
    }
  }

  async function explain(asked: unknown, all: unknown): Promise<void> {
    const [path] = await pathsOf(asked, all);
    if (path !== undefined) await why.open(path);
  }

  async function showInGraph(asked: unknown): Promise<void> {
    const [path] = await pathsOf(asked, undefined);
    const absolute = path === undefined ? undefined : absoluteOf(index.last?.roots ?? [], path);
    if (absolute !== undefined) await vscode.commands.executeCommand('longview.showGraph', vscode.Uri.file(absolute));
  }

  async function startHere(asked: unknown): Promise<void> {
    const [path] = await pathsOf(asked, undefined);
    const absolute = path === undefined ? undefined : absoluteOf(index.last?.roots ?? [], path);
    if (absolute !== undefined) pack.choose({ focus: { kind: 'place', place: { absolute } } });
  }

  const commands: Readonly<Record<string, (asked: unknown, all: unknown) => unknown>> = {
    pinFile: (asked, all) => pin(standingLevel(asked), asked, all),
    unpinFile: release,
    dropFile: drop,
    undropFile: release,
    releaseAll,
    levelFull: (asked, all) => pin('full', asked, all),
    levelSignatures: (asked, all) => pin('signatures', asked, all),
    levelOutline: (asked, all) => pin('outline', asked, all),
    levelPath: (asked, all) => pin('path', asked, all),
    openFile: async (asked, all) => {
      for (const path of await pathsOf(asked, all)) await openAt(index, path);
    },
    openFileToSide: openAside,
    glanceAtFile: glanceAt,
    whyFile: explain,
    startFromFile: startHere,
    showFileInGraph: showInGraph,
    copyFilePath: (asked, all) => copyPath(asked, all, true),
    copyRelativeFilePath: (asked, all) => copyPath(asked, all, false),
    sortFilesByScore: () => (files.sort = 'score'),
    sortFilesByPath: () => (files.sort = 'path'),
    sortFilesByTokens: () => (files.sort = 'tokens'),
  };
  return vscode.Disposable.from(...Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(`longview.${name}`, run)));
}

/** A file that is in the pack is pinned as it is, any other whole. */
function standingLevel(asked: unknown): PinLevel {
  const level = isFileRow(asked) ? asked.listed?.level : undefined;
  return level === undefined || level === 'nothing' ? 'full' : level;
}

function hasPath(target: unknown): target is { readonly path: WorkspacePath } {
  return (
    typeof target === 'object' && target !== null && !(target instanceof vscode.Uri) && 'path' in target && typeof target.path === 'string'
  );
}

/** The file in front, for a command called without one. */
function activeFile(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (uri?.scheme === 'file') return uri;
  tell('Open a file of the workspace first.');
  return undefined;
}

function tell(message: string): void {
  void vscode.window.showInformationMessage(message);
}
