// The C++ document on a string: reads one command a line, answers one line each. The test beside it
// (scenarios.mjs) drives this and Yjs with the same updates and compares.
//
//   new DOC KEEP            a document; KEEP 1 keeps deleted content
//   apply DOC HEX           "ok CHANGED WAITING" or "refused WORD", by the rules for our own store
//   offer DOC HEX           the same by the rules for browsers
//   check DOC HEX           "ok" or "refused WORD", by the rules for browsers
//   vector|snapshot|hash DOC
//   encode DOC HEX          what a state vector lacks
//   reload DOC KEEP         replaced by a new one made of its own bytes
//   at DOC HEX TO           an earlier state, by snapshot, as document TO
//   collect DOC
//   text|xml|markdown|html|editor|json DOC ROOT KIND
//   waiting DOC             bytes that wait
//   size DOC                blocks, content bytes, memory bytes
//   awareness-new NAME, awareness-all NAME
//   awareness NAME HEX CONNECTION PERSON   "ok", and what to send back; or "refused WORD"
//   awareness-leave NAME CONNECTION        what to tell the others
#include <charconv>
#include <cstdio>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "notes/awareness.hpp"
#include "notes/document.hpp"
#include "notes/render.hpp"
#include "notes/walk.hpp"

namespace {

using namespace plenary::notes;

std::string from_hex(std::string_view hex) {
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    unsigned value = 0;
    std::from_chars(hex.data() + at, hex.data() + at + 2, value, 16);
    bytes += static_cast<char>(value);
  }
  return bytes;
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string hex;
  for (const char byte : bytes) {
    hex += digits[static_cast<unsigned char>(byte) >> 4];
    hex += digits[static_cast<unsigned char>(byte) & 15];
  }
  return hex;
}

std::string refused(const Refusal& refusal) {
  return "refused " + std::string(word_of(refusal.code));
}

class Driver {
 public:
  std::string run(const std::vector<std::string>& words) {
    const std::string& command = words.at(0);
    const std::string argument = words.size() > 2 ? words[2] : "";
    if (command == "new") {
      documents_.insert_or_assign(words.at(1), make(argument == "1"));
      return "ok";
    }
    if (command.starts_with("awareness")) return awareness(words);
    Document& document = documents_.at(words.at(1));
    if (command == "apply") return apply(document, argument, kFromStore);
    if (command == "offer") return apply(document, argument, kFromBrowser);
    if (command == "check") {
      const auto checked = document.check(from_hex(argument), kFromBrowser);
      return checked ? "ok" : refused(checked.error());
    }
    if (command == "reload") return reload(words.at(1), argument == "1");
    if (command == "at") return at(document, argument, words.at(3));
    if (command == "collect") {
      document.collect_deleted();
      return "ok";
    }
    return ask(document, command, argument, words.size() > 3 ? words[3] : "");
  }

 private:
  static Document make(bool keep) {
    return Document({.roots = {}, .keep_deleted = keep, .limits = {}});
  }

  static std::string apply(Document& document, const std::string& hex, const Policy& policy) {
    const auto outcome = document.apply(from_hex(hex), policy);
    if (!outcome) return refused(outcome.error());
    std::ostringstream out;
    out << "ok " << outcome->changed << ' ' << outcome->waiting;
    return out.str();
  }

  std::string awareness(const std::vector<std::string>& words) {
    Awareness& here = awareness_[words.at(1)];
    if (words[0] == "awareness-new") {
      here = Awareness();
      return "ok";
    }
    if (words[0] == "awareness-all") return to_hex(here.encode_all());
    if (words[0] == "awareness-leave") return tell(here, here.leave(std::stoull(words.at(2))));
    const auto heard =
        here.apply(from_hex(words.at(2)), {std::stoull(words.at(3)), words.at(4)}, 0);
    return heard ? "ok " + tell(here, heard->behind) : refused(heard.error());
  }
  static std::string tell(const Awareness& here, const std::vector<std::uint64_t>& clients) {
    return to_hex(here.encode(clients));
  }

  std::string reload(const std::string& name, bool keep) {
    Document fresh = make(keep);
    const auto outcome = fresh.apply(documents_.at(name).encode(), kFromStore);
    documents_.insert_or_assign(name, std::move(fresh));
    return outcome ? "ok" : refused(outcome.error());
  }

  std::string at(Document& document, const std::string& hex, const std::string& name) {
    const auto snapshot = decode_snapshot(from_hex(hex));
    if (!snapshot) return refused(snapshot.error());
    auto then = document.at(*snapshot);
    if (!then) return refused(then.error());
    documents_.insert_or_assign(name, *std::move(then));
    return "ok";
  }

  static std::optional<Rendered> render(const Document& document, const std::string& command,
                                        const std::string& root, const std::string& kind) {
    if (command == "xml") return render_xml(document, root);
    if (command == "markdown") return render_markdown(document, root);
    if (command == "html") return render_html(document, root);
    if (command == "editor") return render_editor_json(document, root);
    if (command != "json") return std::nullopt;
    return render_json(document, root, kind == "map" ? RootKind::kMap : RootKind::kArray);
  }

  static std::string ask(const Document& document, const std::string& command,
                         const std::string& argument, const std::string& kind) {
    std::string out;
    const auto rendered = render(document, command, argument, kind);
    if (rendered) return *rendered ? to_hex(**rendered) : refused(rendered->error());
    if (command == "vector") {
      encode(document.state_vector(), out);
    } else if (command == "snapshot") {
      encode(document.snapshot(), out);
    } else if (command == "encode") {
      const auto known = decode_state_vector(from_hex(argument));
      if (!known) return refused(known.error());
      out = document.encode(*known);
    } else if (command == "hash") {
      return std::to_string(document.content_hash());
    } else if (command == "waiting") {
      return std::to_string(document.waiting().bytes);
    } else if (command == "size") {
      const auto size = document.size();
      return std::to_string(size.blocks) + ' ' + std::to_string(size.content_bytes) + ' ' +
             std::to_string(size.memory_bytes);
    } else if (command == "text") {
      out = plain_text(document, argument);
    } else {
      return "unknown command " + command;
    }
    return to_hex(out);
  }

  std::map<std::string, Document> documents_;
  std::map<std::string, Awareness> awareness_;
};

}  // namespace

int main() {
  Driver driver;
  std::ios::sync_with_stdio(false);
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream in(line);
    std::vector<std::string> words;
    for (std::string word; in >> word;)
      words.push_back(word);
    if (words.empty()) continue;
    std::cout << driver.run(words) << '\n';
    if (std::cin.rdbuf()->in_avail() <= 0) std::cout.flush();
  }
}
