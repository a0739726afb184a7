// Several updates into one document, by both policies, with and without keeping what is deleted,
// within wide limits and within narrow ones. A refusal changes nothing; documents that keep and
// that collect know and show the same; whoever follows by diffs does too; and all that was taken,
// what waits too, makes an equal document again.
#include "fuzz_notes.hpp"

using namespace plenary::notes;
using plenary::fuzz::is_honest;
using plenary::fuzz::require;

namespace {

constexpr Limits kNarrow{.max_clients = 4,
                         .max_blocks = 24,
                         .max_content_bytes = 160,
                         .max_types = 12,
                         .max_names = 10,
                         .max_name_bytes = 8,
                         .max_depth = 4,
                         .max_roots = 2,
                         .max_pending_bytes = 200,
                         .max_pending_parts = 4};

// One update into a document that has `hash`, which is brought up to date. False if it is refused.
bool offer(Document& document, std::string_view update, const Policy& policy, std::uint64_t& hash) {
  const auto checked = document.check(update, policy);
  require(document.content_hash() == hash, "a check changes nothing");
  const StateVector before = document.state_vector();
  const auto outcome = document.apply(update, policy);
  require(checked.has_value() == outcome.has_value(), "a check tells what apply does");
  if (!outcome) {
    require(document.state_vector() == before && document.content_hash() == hash,
            "a refusal changes nothing");
    return false;
  }
  require(policy.may_wait || document.waiting().bytes == 0, "nothing of a browser's waits");
  require(checked->changes || !outcome->changed, "a check tells whether it changes something");
  hash = document.content_hash();
  return true;
}

// What a document is compared with: one thing a run, so that a run is quick. By bits of the first
// byte.
enum class Against : unsigned { kCollected, kFollower, kEarlier, kNothing };

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const Policy& policy = (data[0] & 1) != 0 ? kFromBrowser : kFromStore;
  const auto against = static_cast<Against>(data[0] >> 2 & 3);
  // One that keeps and one that collects reach their limits at different times.
  const bool narrow = (data[0] & 2) != 0 && against != Against::kCollected;
  const Limits limits = narrow ? kNarrow : Limits{};
  const bool keep = against != Against::kNothing;
  const DocumentOptions options{.roots = {}, .keep_deleted = keep, .limits = limits};
  Document document(options);
  Document other;
  std::uint64_t hash = document.content_hash();
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  for (const std::string_view update : plenary::fuzz::pieces(input)) {
    const bool taken = offer(document, update, policy, hash);
    if (against == Against::kCollected) {
      require(other.apply(update, policy).has_value() == taken, "both take it, or neither");
    }
    if (!taken || against != Against::kFollower) continue;
    const std::string diff = document.encode_settled(other.state_vector());
    require(other.apply(diff, kFromStore).has_value(), "a diff");
    require(other.waiting().bytes == 0, "nothing of a diff waits");
    require(other.content_hash() == hash || !is_honest(document), "a follower shows the same");
  }
  plenary::fuzz::check_document(document, options);
  if (against == Against::kNothing) return 0;
  const Snapshot now = document.snapshot();
  if (against == Against::kEarlier) {
    const auto then = document.at(now);
    require(!then || !is_honest(document) || then->content_hash() == hash,
            "the state of now is this one");
    document.collect_deleted();
    require(document.snapshot() == now && document.content_hash() == hash,
            "collecting later isn't seen");
    plenary::fuzz::check_document(document, {.roots = {}, .keep_deleted = false, .limits = limits});
  } else if (against == Against::kCollected || is_honest(document)) {
    require(other.snapshot() == now && other.content_hash() == hash,
            "collecting is not seen, nor is following");
  }
  return 0;
}
