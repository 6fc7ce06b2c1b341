/** The part of host.ts that runs in the extension host. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { Longview } from '../../src/vscode/longview.js';
import { opened } from '../host/opened.js';
import { type Slices, slicesDuring } from './slices.js';

export interface HostMeasures {
  readonly coldIndexMs: number;
  readonly indexing: Slices;
  readonly warmPackMs: number;
  readonly saveMs: readonly number[];
  readonly memoryBefore: NodeJS.MemoryUsage;
  readonly memory: NodeJS.MemoryUsage;
}

/** Of a host in which Longview does nothing: the same work is done by the command line, beside it. */
export interface ControlMeasures {
  readonly coldIndexMs: number;
  readonly indexing: Slices;
}

/** What is left of a measurement that threw. */
export interface Failed {
  readonly failed: string;
}

const TASK = 'retry a failed request once before giving up';

export async function run(): Promise<void> {
  const result = process.env['LONGVIEW_BENCH'] ?? '';
  // What else starts with the window is not ours to measure.
  while (!existsSync(`${result}.go`)) await setTimeout(100);
  const measured: Promise<HostMeasures | ControlMeasures> = process.env['LONGVIEW_BENCH_CONTROL'] ? measureBeside() : measure();
  const measures = await measured.catch((error: Error): Failed => ({ failed: error.stack ?? error.message }));
  writeFileSync(`${result}.part`, JSON.stringify(measures));
  renameSync(`${result}.part`, result);
  // The window is asked for more after this; its owner ends it.
  await new Promise(() => undefined);
}

async function measure(): Promise<HostMeasures> {
  const { index, pack } = await opened();
  await setTimeout(5000);
  const memoryBefore = process.memoryUsage();

  const start = performance.now();
  const indexing = await slicesDuring(() => index.ask('cycles', {}));
  const coldIndexMs = performance.now() - start;

  await setTimeout(5000);
  await startAgain();
  const warm = performance.now();
  const request = { task: TASK, budget: 32_000, pins: [], drops: [] };
  await index.ask('pack', request);
  const warmPackMs = performance.now() - warm;

  pack.choose({ task: TASK, budget: 32_000 });
  const watching = pack.watch();
  await pack.now();
  const saveMs: number[] = [];
  const [uri] = await vscode.workspace.findFiles('**/*.{java,ts,php,py,rb,go,rs,cs}', undefined, 1);
  if (!uri) throw new Error('no source file');
  const { document } = await vscode.window.showTextDocument(uri);
  for (let i = 0; i < 5; i++) {
    // Not in step with what the engine does two seconds after a change, as nobody's saves are.
    await setTimeout(1500 + 700 * i);
    saveMs.push(await saveToPack(document, pack));
  }
  watching.dispose();
  return { coldIndexMs, indexing, warmPackMs, saveMs, memoryBefore, memory: process.memoryUsage() };
}

/** As a process of this host's session: where the system shares cores out among sessions, it gets what an engine in here would get. */
async function measureBeside(): Promise<ControlMeasures> {
  const repo = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  await setTimeout(5000);
  const start = performance.now();
  const commandLine = spawn(process.execPath, [resolve(__dirname, '../../cli.js'), 'cycles', '--repo', repo], { stdio: 'ignore' });
  const indexing = await slicesDuring(() => once(commandLine, 'exit'));
  if (commandLine.exitCode !== 0) throw new Error(`the command line ended with code ${commandLine.exitCode}`);
  return { coldIndexMs: performance.now() - start, indexing };
}

/** A setting that makes another engine: its thread ends, a new one starts from what is stored. */
async function startAgain(): Promise<void> {
  const settings = vscode.workspace.getConfiguration('longview');
  const limit = settings.get<number>('index.memoryLimit') ?? 4096;
  await settings.update('index.memoryLimit', limit + 1, vscode.ConfigurationTarget.Global);
}

/** Appends a line, saves, waits for the pack that knows of it. Milliseconds from the editor's word that it is saved: what it does before is its own. */
async function saveToPack(document: vscode.TextDocument, pack: Longview['pack']): Promise<number> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(document.lineCount, 0), '\n// One line more.\n');
  await vscode.workspace.applyEdit(edit);
  let start = 0;
  const saved = vscode.workspace.onDidSaveTextDocument(() => {
    start = performance.now();
    saved.dispose();
  });
  const packed = new Promise<void>((done) => {
    const subscription = pack.onDidChangeState((state) => {
      if (state.kind !== 'packed') return;
      subscription.dispose();
      done();
    });
  });
  await document.save();
  await packed;
  return performance.now() - start;
}
