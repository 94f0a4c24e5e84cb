#include "attune/core/files.hpp"

#include <sodium.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

namespace attune::core {
namespace fs = std::filesystem;

namespace {

fs::path data_folder(const char* variable, const char* name) {
  if (const char* asked = std::getenv(variable); asked != nullptr && *asked != '\0') return asked;
  std::error_code ignored;
  const auto program = program_folder();
  for (const auto& folder :
       {program / name, program / ".." / ".." / name, program / ".." / "share" / "attune" / name}) {
    if (fs::is_directory(folder, ignored)) return folder.lexically_normal();
  }
  return fs::path(ATTUNE_SOURCE_DIR) / name;
}

/// The temporary name beside a file.
fs::path part_of(fs::path path) { return path += ".part-" + std::to_string(::getpid()); }

}  // namespace

Result<std::string> read_text(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return bad_input(path.string() + ": no such file");
  if (fs::is_directory(path, ignored)) return bad_input(path.string() + ": is a folder, not a file");
  std::ifstream file(path, std::ios::binary);
  if (!file) return bad_input(path.string() + ": cannot be read: " + std::strerror(errno));
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<void> write_whole(const fs::path& path, std::string_view content) {
  const auto temporary = part_of(path);
  std::error_code problem;
  {
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.flush();
    if (!file) {
      const std::string why = std::strerror(errno);
      fs::remove(temporary, problem);
      return bad_input(path.string() + ": cannot be written: " + why);
    }
  }
  fs::rename(temporary, path, problem);
  if (problem) {
    const auto why = problem.message();
    fs::remove(temporary, problem);
    return bad_input(path.string() + ": cannot be written: " + why);
  }
  return {};
}

Result<void> can_be_written(const fs::path& path) {
  std::error_code ignored;
  const auto folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, ignored))
    return bad_input(path.string() + ": there is no folder " + folder.string());
  if (fs::is_directory(path, ignored)) return bad_input(path.string() + ": is a folder; name a file in it");
  // Only trying tells: rights say nothing of full disks and read-only file systems.
  const auto tried = part_of(path);
  if (!std::ofstream(tried)) return bad_input(path.string() + ": cannot be written: " + std::strerror(errno));
  fs::remove(tried, ignored);
  return {};
}

Result<void> must_not_exist(const fs::path& path, std::string_view option) {
  std::error_code ignored;
  if (fs::exists(path, ignored)) {
    return bad_input(path.string() + ": exists already and is not overwritten; give " + std::string(option) +
                     " another name");
  }
  return {};
}

fs::path program_folder() {
  std::error_code ignored;
  return fs::read_symlink("/proc/self/exe", ignored).parent_path();
}

fs::path assets_folder() { return data_folder("ATTUNE_ASSETS", "assets"); }
fs::path models_folder() { return data_folder("ATTUNE_MODELS", "models"); }

std::string hash_hex(std::string_view bytes) {
  unsigned char digest[crypto_generichash_BYTES];
  crypto_generichash(digest, sizeof digest, reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  char text[2 * sizeof digest + 1];
  sodium_bin2hex(text, sizeof text, digest, sizeof digest);
  return text;
}

}  // namespace attune::core
