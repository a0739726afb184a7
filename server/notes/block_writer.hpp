// Writes a block of the server's own (a turn, a merged list of decisions) as an update: append
// only, at the end of a root or behind one of its blocks. The result is offered to the document,
// and stored and sent, like anybody's update.
//
//   BlockWriter writer(minutes, "minutes", own_client);
//   writer.open("turn");
//   writer.attribute("speaker", "Ana");
//   writer.open("paragraph");
//   writer.text("…");
//   writer.close();
//   writer.close();
//   std::string update = writer.finish();
//
// The block is anchored to its neighbours *including deleted ones*: a place beside what only
// happens to be visible would move when the deletion meets other edits. One instance writes it,
// once, under a client id that no other process uses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "notes/document.hpp"
#include "notes/ids.hpp"

namespace plenary::notes {

class BlockWriter {
 public:
  // Behind everything in the root, or behind the root's child that holds `after`. The document must
  // not change before finish().
  BlockWriter(const Document& document, std::string_view root, std::uint64_t client,
              std::optional<Id> after = std::nullopt);

  void open(std::string_view element);
  void attribute(std::string_view name, std::string_view text);
  void attribute(std::string_view name, std::int64_t number);  // |number| below 2^31
  void attribute(std::string_view name, bool value);
  // Text in the element that is open, with marks (key, JSON of the value) that hold for it alone.
  void text(std::string_view utf8,
            const std::vector<std::pair<std::string_view, std::string_view>>& marks = {});
  void close();

  // The update; all elements must be closed. Nothing was written: an empty string.
  std::string finish();

 private:
  struct Open {
    Id id;
    std::optional<Id> last_child;
    bool is_text = false;
  };
  void put_place(std::uint8_t kind);
  void attribute_bytes(std::string_view name, std::string_view any);
  void format(std::string_view key, std::string_view json);
  void end_text();
  Id take(std::uint32_t units);

  std::string root_;
  std::uint64_t client_;
  std::uint64_t first_clock_;
  std::uint64_t clock_;
  std::optional<Id> left_;
  std::optional<Id> right_;
  std::size_t structs_ = 0;
  std::string bytes_;
  std::vector<Open> open_;
};

}  // namespace plenary::notes
