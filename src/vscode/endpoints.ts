/** The endpoints that can be asked: those that Longview knows, with what the setting `longview.endpoints` says and adds. */
import * as vscode from 'vscode';
import { type ReadEndpoints, readEndpoints } from '../models/providers/own-endpoints.js';
import { ENDPOINTS, type Endpoint } from '../models/providers/presets.js';

/** The setting as it stands. A workspace cannot set it: an address is where keys and code go. */
export function readEndpointSetting(): ReadEndpoints {
  return readEndpoints(vscode.workspace.getConfiguration('longview').get<unknown>('endpoints', {}));
}

/** The known ones alone where the setting has a mistake, which whoever sends is told. */
export function userEndpoints(): readonly Endpoint[] {
  const read = readEndpointSetting();
  return read.kind === 'read' ? read.endpoints : ENDPOINTS;
}
