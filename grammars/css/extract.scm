(rule_set (selectors) @name) @definition.rule
(media_statement . (_) @name) @definition.rule
(keyframes_statement (keyframes_name) @name) @definition.rule
(import_statement) @import
