#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "attune/record/key.hpp"
#include "cli/doctor/finding.hpp"

namespace attune::cli::doctor {

namespace {

void look_at_key(Report& report) {
  const auto path = record::own_key_path();
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    report.add({"key", true, "none yet at " + path.string(),
                "the first recording makes one; then keep a copy of it in a safe"});
  } else if (const auto key = record::Key::read(path); !key) {
    report.add(
        {"key", false, key.error().message, "put the clinic's key file back, or name it with ATTUNE_KEY"});
  } else {
    report.add({"key", true, record::to_text(key->id()) + " at " + path.string(), ""});
  }
}

void look_at_disk(Report& report) {
  constexpr double least_gb = 1.0;
  struct statvfs disk {};
  if (::statvfs(".", &disk) != 0) {
    report.add({"disk", false, "this folder cannot be looked at",
                "change to a folder that recordings may be kept in"});
    return;
  }
  const double free_gb = static_cast<double>(disk.f_bavail) * static_cast<double>(disk.f_frsize) * 1e-9;
  const bool enough = free_gb > least_gb, writable = ::access(".", W_OK) == 0;
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.1f GB free in this folder%s", free_gb,
                writable ? "" : ", which nothing can be written to");
  report.add({"disk", enough && writable, text.data(),
              !writable ? "change to a folder that recordings may be kept in"
              : enough  ? ""
                        : "make room: an hour's session takes some 100 MB"});
}

}  // namespace

void look_at_keeping(Report& report) {
  look_at_key(report);
  look_at_disk(report);
}

}  // namespace attune::cli::doctor
