#include "adapters/system/zone_offset.hpp"

#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>

namespace plenary::adapters {

namespace {

constexpr std::size_t kHeader = 44;

std::int64_t big_endian(std::string_view bytes) {
  std::uint64_t value = (bytes[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
  for (const char byte : bytes)
    value = (value << 8) | static_cast<unsigned char>(byte);
  return static_cast<std::int64_t>(value);
}

struct Counts {
  std::size_t utc = 0, standard = 0, leap = 0, times = 0, types = 0, characters = 0;
  // `width` of an instant: 4 in the first block, 8 in the second.
  std::size_t bytes(std::size_t width) const {
    return times * (width + 1) + types * 6 + characters + leap * (width + 4) + standard + utc;
  }
};

std::optional<Counts> read_header(std::string_view block) {
  if (block.size() < kHeader || !block.starts_with("TZif") || block[4] < '2') return std::nullopt;
  const auto count = [&](std::size_t index) {
    return static_cast<std::size_t>(big_endian(block.substr(20 + index * 4, 4)) & 0xffff);
  };
  return Counts{count(0), count(1), count(2), count(3), count(4), count(5)};
}

}  // namespace

std::optional<std::int64_t> zone_offset_ms(const std::string& zone, std::int64_t at_ms,
                                           const std::filesystem::path& folder) {
  std::error_code error;
  const bool is_file = std::filesystem::is_regular_file(folder / zone, error);
  if (!is_file || zone.find("..") != std::string::npos) return std::nullopt;
  std::ifstream file(folder / zone, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  std::string_view block = text;
  const auto first = read_header(block);
  if (!first || block.size() < kHeader + first->bytes(4)) return std::nullopt;
  block.remove_prefix(kHeader + first->bytes(4));
  const auto second = read_header(block);
  if (!second || block.size() < kHeader + second->bytes(8) || second->types == 0) {
    return std::nullopt;
  }
  block.remove_prefix(kHeader);
  const std::string_view type_of = block.substr(second->times * 8);
  const std::string_view types = type_of.substr(second->times);
  std::size_t type = 0;
  for (std::size_t i = 0; i < second->times; ++i) {
    if (big_endian(block.substr(i * 8, 8)) * 1'000 > at_ms) break;
    type = static_cast<unsigned char>(type_of[i]);
  }
  if (type >= second->types) return std::nullopt;
  return big_endian(types.substr(type * 6, 4)) * 1'000;
}

}  // namespace plenary::adapters
