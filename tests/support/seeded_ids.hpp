// Ids that are random and the same for the same seed.
#pragma once

#include <random>

#include "ports/id_source.hpp"

namespace plenary::test {

class SeededIds final : public ports::IdSource {
 public:
  explicit SeededIds(std::uint64_t seed) : random_(seed) {}
  std::array<std::uint8_t, 16> next() override {
    std::array<std::uint8_t, 16> id{};
    for (std::uint8_t& byte : id)
      byte = static_cast<std::uint8_t>(random_());
    return id;
  }

 private:
  std::mt19937_64 random_;
};

}  // namespace plenary::test
