// Decoding of whatever comes in: updates, state vectors, snapshots, delete sets. What decodes is
// written again and must decode to the same.
#include "fuzz_notes.hpp"
#include "notes/bytes.hpp"
#include "notes/json_text.hpp"
#include "notes/update.hpp"

using namespace plenary::notes;
using plenary::fuzz::require;

namespace {

std::string written(const Update& update) {
  std::string out;
  Writer writer(out);
  writer.number(update.sections.size());
  for (const Section& section : update.sections) {
    writer.number(section.last - section.first);
    writer.number(section.client);
    writer.number(section.clock);
    for (std::uint32_t at = section.first; at < section.last; ++at) {
      write_struct(writer, section.client, update.structs[at], 0);
    }
  }
  encode(update.deleted, out);
  return out;
}

void offsets(const Update& update) {
  for (const Section& section : update.sections) {
    for (std::uint32_t at = section.first; at < section.last; ++at) {
      const Struct& one = update.structs[at];
      if (one.length < 2) continue;
      std::string out;
      Writer writer(out);
      write_struct(writer, section.client, one, one.length / 2);
      Reader in(out);
      Struct again;
      require(read_struct(in, section.client, one.clock + one.length / 2, again), "a rest decodes");
      require(again.length == one.length - one.length / 2, "a rest has its length");
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  Update update;
  for (const Policy* policy : {&kFromBrowser, &kFromStore}) {
    if (!decode_update(input, *policy, update)) continue;
    const std::string once = written(update);
    offsets(update);
    Update again;
    require(decode_update(once, kFromStore, again).has_value(), "what was written decodes");
    require(written(again) == once, "and is written the same");
  }
  if (const auto vector = decode_state_vector(input)) {
    std::string out;
    encode(*vector, out);
    require(*decode_state_vector(out) == *vector, "a state vector comes back");
  }
  if (const auto snapshot = decode_snapshot(input)) {
    std::string out;
    encode(*snapshot, out);
    require(*decode_snapshot(out) == *snapshot, "a snapshot comes back");
  }
  Reader in(input);
  const std::string_view any = in.any();
  if (!in.failed()) {
    std::string json;
    append_any_as_json(json, any);
    (void)is_json(json);
  }
  if (is_json(input)) {
    (void)json_members(input);
    (void)json_string(input);
  }
  return 0;
}
