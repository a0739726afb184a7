#include "adapters/jwt/key_store.hpp"

#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace plenary::adapters {

namespace {

using Result = std::expected<std::string, std::string>;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kHexDigits = 2 * kKeyBytes;

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

std::unexpected<std::string> failed(const std::filesystem::path& path, const char* what) {
  return std::unexpected(path.string() + ": cannot " + what + ": " + std::strerror(errno) + ".");
}

bool is_hex(char digit) {
  return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
}

std::string to_bytes(const std::string& hex) {
  const auto value = [](char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; };
  std::string bytes(kKeyBytes, '\0');
  for (std::size_t i = 0; i < kKeyBytes; ++i) {
    bytes[i] = static_cast<char>(value(hex[2 * i]) * 16 + value(hex[2 * i + 1]));
  }
  return bytes;
}

Result random_hex() {
  std::array<unsigned char, kKeyBytes> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    return std::unexpected("No randomness for keys: RAND_bytes failed.");
  }
  std::string hex;
  for (const unsigned char byte : bytes) {
    hex += "0123456789abcdef"[byte >> 4];
    hex += "0123456789abcdef"[byte & 15];
  }
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return hex;
}

bool sync_folder(const std::filesystem::path& folder) {
  const File opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return opened.is_open() && fsync(opened.get()) == 0;
}

// Written whole under another name and then linked, so that a crash never leaves half a key, and so
// that of two processes that start at once one wins and both read the same.
std::expected<void, std::string> create(const std::filesystem::path& path) {
  const Result hex = random_hex();
  if (!hex) return std::unexpected(hex.error());
  const std::filesystem::path draft = path.string() + "." + std::to_string(getpid()) + ".new";
  unlink(draft.c_str());
  {
    const File file(open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (!file.is_open()) return failed(draft, "be made");
    const std::string line = *hex + "\n";
    const bool written =
        write(file.get(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
        fsync(file.get()) == 0;
    if (!written) {
      const auto failure = failed(draft, "be written");
      unlink(draft.c_str());
      return failure;
    }
  }
  const bool linked = link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST;
  const auto failure = failed(path, "be made");
  unlink(draft.c_str());
  if (!linked) return failure;
  if (!sync_folder(path.parent_path())) return failed(path.parent_path(), "be synced to disk");
  return {};
}

Result read_key(const std::filesystem::path& path) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  if (!file.is_open()) return failed(path, "be opened");
  struct stat status {};
  if (fstat(file.get(), &status) != 0) return failed(path, "be looked at");
  if (!S_ISREG(status.st_mode)) return std::unexpected(path.string() + " is not a file.");
  if ((status.st_mode & 077) != 0) {
    return std::unexpected(path.string() +
                           " can be read or written by others. If nobody has read it, run: chmod "
                           "600 " +
                           path.string() + "; else delete it, and a new one is made.");
  }
  std::array<char, kHexDigits + 2> text{};
  const ssize_t size = read(file.get(), text.data(), text.size());
  if (size < 0) return failed(path, "be read");
  const bool whole = size == kHexDigits || (size == kHexDigits + 1 && text[kHexDigits] == '\n');
  if (!whole || !std::all_of(text.begin(), text.begin() + kHexDigits, is_hex)) {
    return std::unexpected(path.string() +
                           " is damaged: it must be one line of 64 hexadecimal digits (0-9, a-f). "
                           "Restore it, or delete it, and a new one is made; links signed with "
                           "the old one then stop working.");
  }
  return std::string(text.data(), kHexDigits);
}

Result make_or_read(const std::filesystem::path& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) return failed(path, "be looked at");
    if (auto created = create(path); !created) return std::unexpected(created.error());
  }
  return read_key(path);
}

}  // namespace

std::expected<Keys, std::string> open_keys(const std::filesystem::path& folder) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return failed(folder, "be made");
  const Result token = make_or_read(folder / "token.key");
  if (!token) return std::unexpected(token.error());
  Result organizer = make_or_read(folder / "organizer.key");
  if (!organizer) return std::unexpected(organizer.error());
  return Keys{to_bytes(*token), *std::move(organizer)};
}

}  // namespace plenary::adapters
