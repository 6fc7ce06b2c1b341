/** Longview as other extensions reach it. */
import * as vscode from 'vscode';
import type { LongviewApi } from '../../src/extension.js';
import type { Longview } from '../../src/vscode/longview.js';
import { EXTENSION_ID } from './extension-id.js';

/** All of Longview in this window. */
export async function opened(): Promise<Longview> {
  const extension = vscode.extensions.getExtension<LongviewApi>(EXTENSION_ID);
  if (!extension) throw new Error('Longview is not installed');
  return await (await extension.activate()).open();
}
