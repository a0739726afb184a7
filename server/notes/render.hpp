// A document as text that others read: JSON, Markdown, HTML, and Yjs's own XML string. All of them
// only append to one string, of bounded length: a rendering may be far longer than its document
// (RenderLimits says why). What would be longer than max_output_bytes is kTooLarge, and isn't gone
// on with; nothing recurses.
//
// Markdown and HTML know the nodes of the editor: doc, paragraph, heading, bulletList, orderedList,
// listItem, taskList, taskItem, blockquote, codeBlock, horizontalRule, hardBreak, table, tableRow,
// tableHeader, tableCell, and our decision and turn; marks bold, italic, strike, underline, code,
// link. What they don't know they show by its content, so that nothing written is lost.
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "notes/document.hpp"
#include "notes/limits.hpp"
#include "notes/refusal.hpp"

namespace plenary::notes {

using Rendered = std::expected<std::string, Refusal>;

enum class RootKind : std::uint8_t { kArray, kMap, kText, kXml };

// As Yjs's toJSON of that root: an array, a map (keys sorted), a text or XML as a string.
Rendered render_json(const Document& document, std::string_view root, RootKind kind,
                     const RenderLimits& limits = {});

// An XML root as the editor's JSON: {"type":"doc","content":[{"type":"paragraph","attrs":{},
// "content":[{"type":"text","text":"…","marks":[{"type":"bold","attrs":{}}]}]}]}.
Rendered render_editor_json(const Document& document, std::string_view root,
                            const RenderLimits& limits = {});

// As Yjs's toString of an XML root. Nothing is escaped: for comparison, not for browsers.
Rendered render_xml(const Document& document, std::string_view root,
                    const RenderLimits& limits = {});

// The few words that a rendering adds, in the language of its reader.
struct RenderWords {
  std::string decision = "Decision";
};

// CommonMark with tables, task lists and strikethrough. What could be taken for markup is escaped.
Rendered render_markdown(const Document& document, std::string_view root,
                         const RenderWords& words = {}, const RenderLimits& limits = {});

// Semantic HTML, a fragment without <html> or <body>. All text and attributes are escaped; links
// keep only http, https and mailto addresses, and no attribute or element comes from the document
// as it is.
Rendered render_html(const Document& document, std::string_view root, const RenderWords& words = {},
                     const RenderLimits& limits = {});

}  // namespace plenary::notes
