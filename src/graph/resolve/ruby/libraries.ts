/** What a tree does not define even where it opens it: Ruby's own constants, its standard library, and the libraries that the tree uses. */

/** Constants that every Ruby program has before its first line (`ruby --disable-gems -e 'puts Object.constants'`, 3.1 to 3.4, and what RubyGems loads). */
const CORE = new Set(
  `ARGF ARGV ArgumentError Array BasicObject Binding Class ClosedQueueError Comparable Complex ConditionVariable Data Dir ENV EOFError
  Encoding EncodingError Enumerable Enumerator Errno Exception FalseClass Fiber FiberError File FileTest Float FloatDomainError
  FrozenError GC Hash IO IOError IndexError Integer Interrupt Kernel KeyError LoadError LocalJumpError Marshal MatchData Math Method
  Module Mutex NameError NilClass NoMatchingPatternError NoMatchingPatternKeyError NoMemoryError NoMethodError NotImplementedError
  Numeric Object ObjectSpace Proc Process Queue RUBY_COPYRIGHT RUBY_DESCRIPTION RUBY_ENGINE RUBY_ENGINE_VERSION RUBY_PATCHLEVEL
  RUBY_PLATFORM RUBY_RELEASE_DATE RUBY_REVISION RUBY_VERSION Ractor Random Range RangeError Rational Refinement Regexp RegexpError
  RubyVM RuntimeError STDERR STDIN STDOUT ScriptError SecurityError Signal SignalException SizedQueue StandardError StopIteration
  String Struct Symbol SyntaxError SystemCallError SystemExit SystemStackError TOPLEVEL_BINDING Thread ThreadError ThreadGroup Time
  TracePoint TrueClass TypeError UnboundMethod UncaughtThrowError Warning ZeroDivisionError
  DidYouMean ErrorHighlight Gem Monitor MonitorMixin RbConfig SyntaxSuggest`.split(/\s+/),
);

/** Constants of the standard library and the bundled gems, which a program has once it requires them. */
const STANDARD = new Set(
  `Abbrev Addrinfo Base64 BasicSocket Benchmark BigDecimal BigMath Bundler CGI CSV Coverage DRb DRbObject DRbUndumped Date DateTime
  Delegator Digest ERB Etc ExceptionForMatrix Fcntl Fiddle FileList FileUtils Find Forwardable GetoptLong IPAddr IPSocket IRB JSON
  Kconv Logger Matrix Minitest Mutex_m NKF Net Observable Open3 OpenSSL OpenStruct OpenURI OptParse OptionParser PP PStore PTY
  Pathname PowerAssert PrettyPrint Prime Prism Psych RDoc REXML RSS Racc Rake Random Readline Reline Resolv Rinda Ripper SecureRandom
  Set Shellwords SimpleDelegator SingleForwardable Singleton Socket SocketError SortedSet StringIO StringScanner Syslog TCPServer
  TCPSocket TSort Tempfile Timeout Tracer UDPSocket UNIXServer UNIXSocket URI Vector WEBrick WIN32OLE WeakRef YAML Zlib`.split(/\s+/),
);

/** First names of what `require` finds in the standard library and the bundled gems ("net" of "net/http"). */
const STANDARD_FILES = new Set(
  `English abbrev base64 benchmark bigdecimal bundler cgi coverage csv date delegate did_you_mean digest drb erb error_highlight etc
  expect fcntl fiddle fileutils find forwardable getoptlong io ipaddr irb json kconv logger matrix minitest mkmf monitor mutex_m net
  nkf objspace observer open-uri open3 openssl optionparser optparse ostruct pathname power_assert pp prettyprint prime prism pstore
  psych pty racc rake rbconfig rbs rdoc readline reline resolv resolv-replace rexml rinda ripper rss rubygems securerandom set
  shellwords singleton socket stringio strscan syslog tempfile time timeout tmpdir tracer tsort un unicode_normalize uri weakref
  webrick win32ole yaml zlib`.split(/\s+/),
);

export function isCoreConstant(name: string): boolean {
  return CORE.has(name);
}

export function isStandardConstant(name: string): boolean {
  return STANDARD.has(name);
}

/** Whether `require specifier` finds something in the standard library. */
export function isStandardFile(specifier: string): boolean {
  return STANDARD_FILES.has(specifier.split('/')[0]!.replace(/\.(rb|so)$/, ''));
}

/** A constant's, a file's or a gem's name as they compare: "ActiveRecord::Base", "active_record/base" and "activerecord/base" are one. */
export function squash(name: string): string {
  return name.replaceAll('::', '/').replace(/[_-]/g, '').toLowerCase();
}

/** "HTTPServer::Pool" → "http_server/pool" (ActiveSupport's String#underscore). */
export function underscore(name: string): string {
  return name
    .replaceAll('::', '/')
    .replace(/([A-Z]+)(?=[A-Z][a-z])|([a-z\d])(?=[A-Z])/g, '$1$2_')
    .toLowerCase();
}
