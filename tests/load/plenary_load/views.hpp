// What every simulated page knows. Thousands of pages get the same frames, so each frame is parsed
// once and each step "this view, that frame" is taken once; pages share the resulting views. A page
// that got other frames (a snapshot instead of changes) ends in an object of its own, and must
// still hold the same. Threading: one thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "plenary/v1/wire.pb.h"

namespace load {

namespace v1 = ::plenary::v1;

struct View {
  std::uint64_t seq = 0;
  std::string id;
  std::map<std::pair<int, std::string>, std::shared_ptr<const std::string>> entities;  // serialized

  bool equals(const View& other) const;
};
using ViewPtr = std::shared_ptr<const View>;
using BatchPtr = std::shared_ptr<const v1::ServerBatch>;

class Views {
 public:
  BatchPtr parse(std::string_view payload);  // nullptr: not of the protocol

  // The view after the whole view or change. `hole` is set where a change does not follow from the
  // view.
  ViewPtr take(const v1::SessionView& view);
  ViewPtr take(const ViewPtr& before, const v1::ViewChange& change, bool& hole);

 private:
  std::unordered_map<std::string, BatchPtr> parsed_;
  std::map<std::pair<const View*, std::string>, std::pair<ViewPtr, ViewPtr>>
      steps_;  // before, after
  std::unordered_map<std::string, ViewPtr> whole_;
};

}  // namespace load
