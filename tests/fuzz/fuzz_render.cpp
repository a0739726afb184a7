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

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  Document document;
  for (const std::string_view update : plenary::fuzz::pieces(input)) {
    (void)document.apply(update, kFromStore);
  }
  for (const std::string_view root : {"xml", "minutes", "x"}) {
    require(is_json(render_editor_json(document, root)), "the editor's JSON is JSON");
    require(is_clean(render_markdown(document, root)), "Markdown is UTF-8");
    const std::string html = render_html(document, root);
    require(is_clean(html), "HTML is UTF-8");
    require(has_only_our_tags(html), "HTML has only our tags");
    require(is_clean(render_xml(document, root)), "XML is UTF-8");
    for (const RootKind kind :
         {RootKind::kArray, RootKind::kMap, RootKind::kText, RootKind::kXml}) {
      require(is_clean(render_json(document, root, kind)), "JSON is UTF-8");
    }
    require(is_clean(plain_text(document, root)), "text is UTF-8");
  }
  return 0;
}
