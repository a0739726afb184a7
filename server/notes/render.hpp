// A document as text that others read: JSON, Markdown, HTML, and Yjs's own XML string. All of them
// are linear in the document and in the end only append to one string; nothing recurses.
//
// Markdown and HTML know the nodes of the editor: doc, paragraph, heading, bulletList, orderedList,
// listItem, taskList, taskItem, blockquote, codeBlock, horizontalRule, hardBreak, table, tableRow,
// tableHeader, tableCell, and our decision and turn; marks bold, italic, strike, underline, code,
// link. What they don't know they show by its content, so that nothing written is lost.
#pragma once

#include <string>
#include <string_view>

#include "notes/document.hpp"

namespace plenary::notes {

enum class RootKind : std::uint8_t { kArray, kMap, kText, kXml };

// As Yjs's toJSON of that root: an array, a map (keys sorted), a text or XML as a string.
std::string render_json(const Document& document, std::string_view root, RootKind kind);

// An XML root as the editor's JSON: {"type":"doc","content":[{"type":"paragraph","attrs":{},
// "content":[{"type":"text","text":"…","marks":[{"type":"bold","attrs":{}}]}]}]}.
std::string render_editor_json(const Document& document, std::string_view root);

// As Yjs's toString of an XML root. Nothing is escaped: for comparison, not for browsers.
std::string render_xml(const Document& document, std::string_view root);

// The few words that a rendering adds, in the language of its reader.
struct RenderWords {
  std::string decision = "Decision";
};

// CommonMark with tables, task lists and strikethrough. What could be taken for markup is escaped.
std::string render_markdown(const Document& document, std::string_view root,
                            const RenderWords& words = {});

// Semantic HTML, a fragment without <html> or <body>. All text and attributes are escaped; links
// keep only http, https and mailto addresses, and no attribute or element comes from the document
// as it is.
std::string render_html(const Document& document, std::string_view root,
                        const RenderWords& words = {});

}  // namespace plenary::notes
