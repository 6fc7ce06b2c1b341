/** The languages of which the flow is known. */
import { cFlow, cppFlow } from '../../../grammars/cpp/flow.js';
import { csharpFlow } from '../../../grammars/csharp/flow.js';
import { goFlow } from '../../../grammars/go/flow.js';
import { javaFlow } from '../../../grammars/java/flow.js';
import { javascriptFlow } from '../../../grammars/javascript/flow.js';
import { kotlinFlow } from '../../../grammars/kotlin/flow.js';
import { phpFlow } from '../../../grammars/php/flow.js';
import { pythonFlow } from '../../../grammars/python/flow.js';
import { rubyFlow } from '../../../grammars/ruby/flow.js';
import { rustFlow } from '../../../grammars/rust/flow.js';
import type { FlowSpec } from './spec.js';

const SPECS: Readonly<Record<string, FlowSpec>> = {
  c: cFlow,
  cpp: cppFlow,
  csharp: csharpFlow,
  go: goFlow,
  java: javaFlow,
  javascript: javascriptFlow,
  kotlin: kotlinFlow,
  php: phpFlow,
  python: pythonFlow,
  ruby: rubyFlow,
  rust: rustFlow,
  tsx: javascriptFlow,
  typescript: javascriptFlow,
};

export const flowSpecOf = (language: string): FlowSpec | undefined => SPECS[language];
