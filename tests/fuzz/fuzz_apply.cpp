// Several updates into one document, by both policies, with and without keeping what is deleted.
// A refusal changes nothing; both documents show the same; whoever follows by diffs does too.
#include "fuzz_notes.hpp"

using namespace plenary::notes;
using plenary::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const bool strict = (data[0] & 1) != 0;
  const Policy& policy = strict ? kFromBrowser : kFromStore;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  Document kept({.roots = {}, .keep_deleted = true, .limits = {}});
  Document collected;
  Document follower;
  for (const std::string_view update : plenary::fuzz::pieces(input)) {
    const StateVector before = kept.state_vector();
    const std::uint64_t hash = kept.content_hash();
    const auto checked = kept.check(update, policy);
    require(kept.content_hash() == hash, "a check changes nothing");
    const auto outcome = kept.apply(update, policy);
    require(checked.has_value() == outcome.has_value(), "a check tells what apply does");
    if (!outcome) {
      require(kept.state_vector() == before && kept.content_hash() == hash,
              "a refusal changes nothing");
      continue;
    }
    require(!strict || kept.waiting().bytes == 0, "nothing of a browser's waits");
    require(checked->changes || !outcome->changed, "a check tells whether it changes something");
    (void)collected.apply(update, policy);
    if (strict) {
      require(follower.apply(kept.encode(follower.state_vector()), kFromStore).has_value(),
              "a diff");
      require(follower.content_hash() == kept.content_hash(), "a follower shows the same");
    }
  }
  plenary::fuzz::check_document(kept);
  plenary::fuzz::check_document(collected);
  const Snapshot now = kept.snapshot();
  if (kept.waiting().bytes == 0) {
    require(collected.snapshot() == now, "collecting is not seen in a snapshot");
    const auto then = kept.at(now);
    require(!then || then->content_hash() == kept.content_hash(), "the state of now is this one");
  }
  kept.collect_deleted();
  require(kept.snapshot() == now, "collecting later isn't either");
  plenary::fuzz::check_document(kept);
  return 0;
}
