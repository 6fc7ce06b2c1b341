<?php
// Writes src/graph/resolve/php/builtins.ts: names that PHP and its extensions define.
//
//   php builtins.php > ../../../../src/graph/resolve/php/builtins.ts
//
// Run it on a PHP with as many extensions as can be had; what it has not got, and what
// came after its version, stands below.

const LATER_FUNCTIONS = 'array_all array_any array_find array_find_key array_first array_last bcceil bcdivmod bcfloor bcround clamp
    fpow get_error_handler get_exception_handler grapheme_levenshtein grapheme_str_split http_clear_last_response_headers
    http_get_last_response_headers json_validate locale_is_right_to_left mb_lcfirst mb_ltrim mb_rtrim mb_str_pad mb_trim mb_ucfirst
    pcntl_getcpu pcntl_getcpuaffinity pcntl_setcpuaffinity pcntl_setns pcntl_waitid posix_eaccess posix_fpathconf posix_pathconf
    posix_sysconf request_parse_body socket_atmark str_decrement str_increment stream_context_set_options
    apache_request_headers apache_response_headers apache_setenv fastcgi_finish_request getallheaders opcache_get_status
    oauth_get_sbs pcov_start sapi_windows_vt100_support sem_get spl_object_id uploadprogress_get_info virtual wincache_ucache_get
    xdebug_break xdebug_info';
const LATER_CLASSES = 'BcMath\Number DateError DateException DateInvalidOperationException DateInvalidTimeZoneException
    DateMalformedIntervalStringException DateMalformedPeriodStringException DateMalformedStringException DateObjectError DateRangeError
    DelayedTargetValidation Deprecated Ds\Map Ds\Set Ds\Vector IntlListFormatter NoDiscard Override PropertyHookType ReflectionConstant
    Relay RoundingMode SQLite3Exception StreamBucket Uri\InvalidUriException Uri\Rfc3986\Uri Uri\UriComparisonMode Uri\UriError
    Uri\UriException Uri\WhatWg\InvalidUrlException Uri\WhatWg\Url Pdo\Mysql Pdo\Pgsql Pdo\Sqlite Dom\Element Dom\HTMLDocument Dom\Node
    Dom\XMLDocument Dom\XPath';

$functions = array_merge(get_defined_functions()['internal'], preg_split('/\s+/', LATER_FUNCTIONS));
$classes = array_filter(
    [...get_declared_classes(), ...get_declared_interfaces(), ...get_declared_traits()],
    fn ($name) => (new ReflectionClass($name))->isInternal(),
);
$classes = array_merge($classes, preg_split('/\s+/', LATER_CLASSES));

function listed(array $names): string
{
    $names = array_unique(array_map(fn ($name) => str_replace('\\', '\\\\', strtolower($name)), $names));
    sort($names);

    return wordwrap(implode(' ', $names), 138);
}

echo "/** Names that PHP itself and its extensions define, in lower case; made by test/bench/edges/php/builtins.php. */\n\n",
    "export const BUILTIN_FUNCTIONS: ReadonlySet<string> = new Set(\n  `\n", listed($functions), "\n`.trim().split(/\\s+/),\n);\n\n",
    "export const BUILTIN_CLASSES: ReadonlySet<string> = new Set(\n  `\n", listed($classes), "\n`.trim().split(/\\s+/),\n);\n";
