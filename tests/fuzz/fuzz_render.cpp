// Every rendering of whatever document comes out of an update.
#include "fuzz_notes.hpp"
#include "notes/json_text.hpp"
#include "notes/render.hpp"
#include "notes/utf8.hpp"
#include "notes/walk.hpp"

using namespace plenary::notes;
using plenary::fuzz::require;

namespace {

bool is_clean(std::string_view text) {
  return utf16_length(text) != kNotUtf8;
}

// Tags in the HTML are ours: nothing that the document said stands between < and >, but for the
// attributes that we write, whose values are escaped.
bool has_only_our_tags(std::string_view html) {
  constexpr std::string_view ours[] = {
      "p",  "h1",     "h2",         "h3",      "h4",     "h5",   "h6",    "ul",
      "ol", "li",     "blockquote", "pre",     "hr",     "br",   "table", "tbody",
      "tr", "th",     "td",         "section", "header", "div",  "input", "span",
      "a",  "strong", "em",         "u",       "s",      "mark", "code"};
  for (std::size_t at = html.find('<'); at != html.npos; at = html.find('<', at + 1)) {
    std::string_view name = html.substr(at + 1);
    if (name.starts_with('/')) name.remove_prefix(1);
    name = name.substr(0, name.find_first_of(" >"));
    bool known = false;
    for (const std::string_view tag : ours)
      known = known || tag == name;
    if (!known) return false;
  }
  return html.find("javascript:") == html.npos || html.find("href=\"javascript:") == html.npos;
}

// A rendering, or nothing where it would have been too long.
std::string within(const Rendered& rendered, const RenderLimits& limits) {
  require(rendered || rendered.error().code == RefusalCode::kTooLarge, "only for its length");
  require(!rendered || rendered->size() <= limits.max_output_bytes, "no longer than it may be");
  return rendered.value_or("");
}

void check_all(const Document& document, std::string_view root, const RenderLimits& limits) {
  const std::string editor = within(render_editor_json(document, root, limits), limits);
  require(editor.empty() || is_json(editor), "the editor's JSON is JSON");
  const std::string markdown = within(render_markdown(document, root, {}, limits), limits);
  require(is_clean(markdown), "Markdown is UTF-8");
  require(markdown.find('\r') == markdown.npos, "Markdown's lines end with line feeds");
  const std::string html = within(render_html(document, root, {}, limits), limits);
  require(is_clean(html), "HTML is UTF-8");
  require(has_only_our_tags(html), "HTML has only our tags");
  require(is_clean(within(render_xml(document, root, limits), limits)), "XML is UTF-8");
  for (const RootKind kind : {RootKind::kArray, RootKind::kMap, RootKind::kText, RootKind::kXml}) {
    require(is_clean(within(render_json(document, root, kind, limits), limits)), "JSON is UTF-8");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  Document document;
  for (const std::string_view update : plenary::fuzz::pieces(input)) {
    (void)document.apply(update, kFromStore);
  }
  const RenderLimits narrow{.max_output_bytes = size % 1'000,
                            .max_open_marks = size % 3,
                            .max_mark_bytes = 20,
                            .max_address_bytes = 12};
  for (const std::string_view root : {"xml", "minutes", "x"}) {
    check_all(document, root, {});
    check_all(document, root, narrow);
    require(is_clean(plain_text(document, root)), "text is UTF-8");
  }
  return 0;
}
