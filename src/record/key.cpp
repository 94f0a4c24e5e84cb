#include "attune/record/key.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "attune/core/files.hpp"

namespace attune::record {
namespace fs = std::filesystem;

namespace {

constexpr std::string_view white = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

bool key_is_named() { return !variable("ATTUNE_KEY").empty(); }

void warn_when_others_can_read(const fs::path& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    spdlog::warn("{}: this key can be read by other users; make it private with: chmod 600 '{}'",
                 path.string(), path.string());
  }
}

bool lies_within(const fs::path& path, const fs::path& folder) {
  std::error_code ignored;
  const auto whole = fs::weakly_canonical(path, ignored), outer = fs::weakly_canonical(folder, ignored);
  return std::mismatch(outer.begin(), outer.end(), whole.begin(), whole.end()).first == outer.end();
}

fs::path folder_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

}  // namespace

Key::~Key() { sodium_memzero(bytes_.data(), bytes_.size()); }

Key Key::generate() {
  Key key;
  randombytes_buf(key.bytes_.data(), key.bytes_.size());
  return key;
}

core::Result<Key> Key::read(const fs::path& path) {
  auto text = core::read_text(path);
  if (!text) return text.error();
  const auto digits = trimmed(*text);
  Key key;
  std::size_t length = 0;
  const char* end = nullptr;
  const bool hex = sodium_hex2bin(key.bytes_.data(), key.bytes_.size(), digits.data(), digits.size(), nullptr,
                                  &length, &end) == 0;
  const bool whole = hex && length == key.bytes_.size() && end == digits.data() + digits.size();
  sodium_memzero(text->data(), text->size());
  if (!whole) return core::bad_input(path.string() + ": is no key: 64 hexadecimal digits are expected");
  return key;
}

core::Result<void> Key::write_new(const fs::path& path) const {
  const auto refused = [&path](const std::string& why) {
    return core::bad_input(path.string() + ": the key cannot be written: " + why);
  };
  std::error_code problem;
  const auto folder = folder_of(path);
  if (!fs::exists(folder, problem)) {
    fs::create_directories(folder_of(folder), problem);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return refused(std::strerror(errno));
  }
  std::array<char, 2 * 32 + 1> line{};
  sodium_bin2hex(line.data(), line.size(), bytes_.data(), bytes_.size());
  line.back() = '\n';  // in place of the terminating zero

  // Whole under another name first: somebody who starts at the same time must never read half a key.
  auto temporary = path;
  temporary += ".part-" + std::to_string(::getpid());
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return refused(std::strerror(errno));
  const bool written = ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                       ::fsync(file) == 0 && ::link(temporary.c_str(), path.c_str()) == 0;
  const std::string why = std::strerror(errno);
  ::close(file);
  ::unlink(temporary.c_str());
  sodium_memzero(line.data(), line.size());
  if (!written) return refused(why);
  return {};
}

KeyId Key::id() const {
  constexpr std::string_view purpose = "attune recording key";
  KeyId id;
  crypto_generichash(id.data(), id.size(), reinterpret_cast<const unsigned char*>(purpose.data()),
                     purpose.size(), bytes_.data(), bytes_.size());
  return id;
}

std::string to_text(const KeyId& id) {
  std::string text(2 * id.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), id.data(), id.size());
  text.resize(8);
  return text;
}

fs::path own_key_path() {
  if (key_is_named()) return variable("ATTUNE_KEY");
  if (const auto data = variable("XDG_DATA_HOME"); !data.empty()) return fs::path(data) / "attune" / "key";
  return fs::path(variable("HOME")) / ".local" / "share" / "attune" / "key";
}

core::Result<void> check_named_key() {
  if (!key_is_named()) return {};
  if (const auto key = Key::read(own_key_path()); !key) return key.error().within("ATTUNE_KEY");
  return {};
}

core::Result<Key> key_for_new(const fs::path& recording) {
  std::error_code ignored;
  const auto demo = folder_of(recording) / "demo.key";
  if (lies_within(recording, core::assets_folder()) && fs::exists(demo, ignored)) return Key::read(demo);

  const auto path = own_key_path();
  if (!fs::exists(path, ignored)) {
    if (const auto named = check_named_key(); !named) return named.error();
    const auto key = Key::generate();
    if (const auto written = key.write_new(path); !written) {
      if (fs::exists(path, ignored)) return Key::read(path);  // another session made it in the meantime
      return written.error();
    }
    spdlog::info("{}: made a new key; recordings cannot be opened without it, keep a copy in a safe place",
                 path.string());
    return key;
  }
  warn_when_others_can_read(path);
  return Key::read(path);
}

std::vector<Key> keys_for_reading(const fs::path& recording) {
  std::vector<Key> keys;
  if (const auto own = Key::read(own_key_path()); own.ok()) keys.push_back(*own);
  std::vector<fs::path> beside;
  std::error_code problem;
  for (auto entry = fs::directory_iterator(folder_of(recording), problem);
       !problem && entry != fs::directory_iterator(); entry.increment(problem)) {
    if (entry->path().extension() == ".key") beside.push_back(entry->path());
  }
  std::ranges::sort(beside);
  for (const auto& path : beside) {
    if (const auto key = Key::read(path); key.ok()) keys.push_back(*key);
  }
  return keys;
}

}  // namespace attune::record
