/** The resolver of each language family. Adding a language adds a line here. */
import type { Resolver } from './links.js';
import { cResolver } from './resolve/c/resolver.js';
import { csharpResolver } from './resolve/csharp/resolver.js';
import { goResolver } from './resolve/go/resolver.js';
import { javascriptResolver } from './resolve/javascript/resolver.js';
import { jvmResolver } from './resolve/jvm/resolver.js';
import { pathResolver } from './resolve/paths/resolver.js';
import { phpResolver } from './resolve/php/resolver.js';
import { pythonResolver } from './resolve/python/resolver.js';
import { rubyResolver } from './resolve/ruby/resolver.js';
import { rustResolver } from './resolve/rust/resolver.js';
import { swiftResolver } from './resolve/swift/resolver.js';

export const RESOLVERS: readonly Resolver[] = [
  cResolver,
  csharpResolver,
  goResolver,
  javascriptResolver,
  jvmResolver,
  pathResolver,
  phpResolver,
  pythonResolver,
  rubyResolver,
  rustResolver,
  swiftResolver,
];
