// CRC-32 (IEEE 802.3, reflected polynomial 0xEDB88320, as in zlib and PNG), to notice flipped bits
// that the structure of the file does not show. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace plenary::adapters {

namespace detail {

// Eight tables, so that eight bytes are taken at once ("slicing by 8", Kounavis and Berry, Intel,
// 2005).
constexpr std::array<std::array<std::uint32_t, 256>, 8> make_checksum_tables() {
  std::array<std::array<std::uint32_t, 256>, 8> tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t value = byte;
    for (int bit = 0; bit < 8; ++bit)
      value = (value >> 1) ^ ((value & 1) != 0 ? 0xEDB88320U : 0U);
    tables[0][byte] = value;
  }
  for (std::size_t table = 1; table < 8; ++table) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t before = tables[table - 1][byte];
      tables[table][byte] = (before >> 8) ^ tables[0][before & 0xff];
    }
  }
  return tables;
}

inline constexpr auto kChecksumTables = make_checksum_tables();

}  // namespace detail

constexpr std::uint32_t checksum(std::string_view bytes) {
  constexpr const auto& kTables = detail::kChecksumTables;
  const auto at = [&bytes](std::size_t index) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[index]));
  };
  std::uint32_t value = 0xFFFFFFFFU;
  std::size_t index = 0;
  for (; index + 8 <= bytes.size(); index += 8) {
    const std::uint32_t low =
        value ^ (at(index) | at(index + 1) << 8 | at(index + 2) << 16 | at(index + 3) << 24);
    value = kTables[7][low & 0xff] ^ kTables[6][(low >> 8) & 0xff] ^
            kTables[5][(low >> 16) & 0xff] ^ kTables[4][low >> 24] ^ kTables[3][at(index + 4)] ^
            kTables[2][at(index + 5)] ^ kTables[1][at(index + 6)] ^ kTables[0][at(index + 7)];
  }
  for (; index < bytes.size(); ++index) {
    value = (value >> 8) ^ kTables[0][(value ^ at(index)) & 0xff];
  }
  return value ^ 0xFFFFFFFFU;
}

static_assert(checksum("123456789") == 0xCBF43926U);  // the check value of CRC-32

}  // namespace plenary::adapters
