// Whose client ids are whose, and who wrote what.
//
// Yjs believes every client id. Here an id belongs to the person who used it first: new content
// under somebody else's id is kNotYours (two who write under one id would diverge for good). A
// person who comes back from being offline may bring content under several ids; those nobody holds
// are claimed.
#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "notes/document.hpp"
#include "notes/ids.hpp"
#include "notes/refusal.hpp"

namespace plenary::notes {

class Claims {
 public:
  // The ids that `person` would claim by bringing this; kNotYours if one is another's, kFull above
  // `kMaxOfPerson`. Changes nothing: claims become records first.
  static constexpr std::size_t kMaxOfPerson = 1'000;
  std::expected<std::vector<std::uint64_t>, Refusal> check(const Admission& admission,
                                                           std::string_view person) const;
  // The first claim counts; a later one is passed over.
  void claim(std::uint64_t client, std::string_view person);
  std::optional<std::string_view> owner(std::uint64_t client) const;
  const std::map<std::uint64_t, std::string>& all() const { return owners_; }

 private:
  std::map<std::uint64_t, std::string> owners_;
  std::map<std::string, std::size_t, std::less<>> counts_;
};

// Who wrote which units when: ranges of clocks, joined where person and minute are the same.
class Attribution {
 public:
  struct Entry {
    std::uint64_t clock;  // from here to the next entry, or the end of what is known
    std::string person;
    std::int64_t at_ms;
  };
  // What an update brought (Document::last_inserted). In the order of the clocks of each client;
  // content within a minute of the same person's last is joined to it.
  void wrote(const DeleteSet& inserted, std::string_view person, std::int64_t at_ms);
  // Who wrote a unit; nothing if it isn't known.
  const Entry* author(const Id& id) const;
  std::size_t size() const;

 private:
  struct Writer {
    std::vector<Entry> entries;
    std::uint64_t end = 0;
  };
  std::map<std::uint64_t, Writer> writers_;
};

}  // namespace plenary::notes
