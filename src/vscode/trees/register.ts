/** The two trees of the sidebar with what can be done on their rows. */
import * as vscode from 'vscode';
import type { Services } from '../services.js';
import { ContextFiles } from './context-files.js';
import { Dependencies } from './dependencies.js';
import { registerFileCommands } from './file-commands.js';
import { WhyDocuments } from './why-documents.js';

export interface Trees extends vscode.Disposable {
  readonly contextFiles: ContextFiles;
  readonly dependencies: Dependencies;
}

export function registerTrees(services: Services, memento: vscode.Memento): Trees {
  const contextFiles = new ContextFiles(services, memento);
  const dependencies = new Dependencies(services.index);
  const why = new WhyDocuments(services.pack, contextFiles);
  const all = vscode.Disposable.from(contextFiles, dependencies, why, registerFileCommands(services, contextFiles, why));
  return { contextFiles, dependencies, dispose: () => all.dispose() };
}
