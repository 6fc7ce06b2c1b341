(element (start_tag (attribute (attribute_name) @_id (quoted_attribute_value (attribute_value) @name))) (#eq? @_id "id")) @definition.section
(script_element (start_tag (attribute (attribute_name) @_src (quoted_attribute_value (attribute_value) @import))) (#eq? @_src "src"))
(element (start_tag (tag_name) @_tag (attribute (attribute_name) @_href (quoted_attribute_value (attribute_value) @import))) (#eq? @_tag "link") (#eq? @_href "href"))
