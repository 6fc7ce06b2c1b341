/** The languages of which the flow is known. */
import { javascriptFlow } from '../../../grammars/javascript/flow.js';
import { pythonFlow } from '../../../grammars/python/flow.js';
import type { FlowSpec } from './spec.js';

const SPECS: Readonly<Record<string, FlowSpec>> = {
  javascript: javascriptFlow,
  typescript: javascriptFlow,
  tsx: javascriptFlow,
  python: pythonFlow,
};

export const flowSpecOf = (language: string): FlowSpec | undefined => SPECS[language];
